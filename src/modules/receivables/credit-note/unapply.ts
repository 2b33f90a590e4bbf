// Undoing chosen applications of a credit note; the others stay as they are.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { undo } from '../payment/undo.ts'
import { creditNote } from './credit-note.ts'

export const unapply = command(
  creditNote.verbs.unapply,
  T.object({ applications: T.list(T.idOf('receivables.application'), 2000) }),
  async (call) => {
    await undo(call, call.ids, call.input.applications, false)
  },
)
