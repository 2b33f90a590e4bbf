// Every way the embedded PostgreSQL can refuse has a code and a sentence that says what to do next.

/** The closed list of reasons. A caller may switch over it; a new reason must be added here first. */
export type EmbeddedErrorCode =
  | 'ALREADY_RUNNING'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_FAILED'
  | 'DATA_OTHER_MAJOR'
  | 'DATA_TOO_NEW'
  | 'DISK_FULL'
  | 'HOME_NOT_EMPTY'
  | 'HOME_NOT_WRITABLE'
  | 'NO_BINARIES'
  | 'PORT_TAKEN'
  | 'START_FAILED'

/** A refusal of the embedded server. `message` is meant for the person at the terminal; `file` names a damaged file. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode
  readonly file: string | null

  constructor(code: EmbeddedErrorCode, message: string, options: { cause?: unknown; file?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'EmbeddedError'
    this.code = code
    this.file = options.file ?? null
  }
}

/** The code of a system error (ENOENT, EACCES, ...) or of a PostgreSQL error (SQLSTATE), or '' when there is none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return ''
}

/** The text of anything that was thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Turns a failed file operation below `place` into a refusal that a person can act on. Errors that are refusals
 * already, and faults we do not recognise, pass unchanged.
 */
export function explainFileError(error: unknown, place: string): unknown {
  if (error instanceof EmbeddedError) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EmbeddedError('DISK_FULL', `The disk that holds ${place} is full. Free some space and start again.`, {
      cause: error,
    })
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new EmbeddedError(
      'HOME_NOT_WRITABLE',
      `${place} cannot be written (${textOf(error)}). Set TRADEWRIGHT_HOME to a folder that this user may write, or set DATABASE_URL to use your own PostgreSQL.`,
      { cause: error },
    )
  }
  return error
}
