// A file that cannot be replayed is refused whole, with a code and a sentence that says what to do next.

/** The refusals of the replay; each leaves the ERP and the file as they were. */
export type ReplayRefusalCode =
  | 'REPLAY_FILE_NOT_FOUND'
  | 'REPLAY_FILE_DAMAGED'
  | 'REPLAY_HEADER_UNKNOWN'
  | 'REPLAY_FILE_EMPTY'
  | 'REPLAY_ROW_INVALID'
  | 'REPLAY_NOT_IN_TIME_ORDER'
  | 'REPLAY_INVOICE_INCONSISTENT'
  | 'REPLAY_LINES_UNDECIDED'
  | 'REPLAY_CONTROL_INVALID'
  | 'REPLAY_OTHER_PLAN'
  | 'REPLAY_ORDER_HELD'
  | 'REPLAY_RECORD_UNKNOWN'

/** Why the replay said no: a code for programs, a sentence for people, the offending facts beside it. */
export class ReplayRefusal extends Error {
  override readonly name = 'ReplayRefusal'
  readonly code: ReplayRefusalCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: ReplayRefusalCode, message: string, details: Readonly<Record<string, string | number>> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
