// Everything that goes wrong becomes one kind of answer: problem details (RFC 9457) with a code and a sentence.
import { columnOfKey } from '#kernel/constraint'
import { errorCode, isUnreachable, OutcomeUnknown } from '#kernel/db'
import { HTTP_STATUS, Refusal, type RefusalKind, refuse as refuseKernel } from '#kernel/refusal'
import { refusal } from './refusals.ts'

/** One place in the input that does not fit: a JSON pointer (RFC 6901) into the body or the query, and what to do. */
export type Misfit = { readonly pointer: string; readonly detail: string }

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly retry: 'no' | 'yes' | 'after-change'
  readonly instance: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly errors?: readonly Misfit[]
}

/** Input that does not fit its schema; goes out as INPUT_INVALID with its places. */
export class InputInvalid extends Error {
  override readonly name = 'InputInvalid'
  readonly misfits: readonly Misfit[]
  constructor(misfits: readonly Misfit[]) {
    super('the input does not fit')
    this.misfits = misfits
  }
}

const TITLE: Record<RefusalKind, string> = {
  invalid: 'The request does not fit',
  forbidden: 'Not allowed',
  unknown: 'Not found',
  conflict: 'In conflict with what is there',
  rule: 'Against a rule of the business',
  busy: 'Not now',
}

// Codes whose status says more than their class does.
const STATUS: Readonly<Record<string, number>> = {
  NOT_SIGNED_IN: 401,
  SIGN_IN_FAILED: 401,
  METHOD_UNKNOWN: 405,
  BODY_TOO_LARGE: 413,
  ATTACHMENT_TOO_LARGE: 413,
  CONTENT_TYPE_UNKNOWN: 415,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL_ERROR: 500,
}

const kernelRefusal = (code: Parameters<typeof refuseKernel>[0], detail: Record<string, unknown> = {}): Refusal => {
  try {
    return refuseKernel(code, detail)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The refusal as which an error goes out; undefined for a fault, which is nobody's answer. */
export function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof InputInvalid) {
    const first = error.misfits[0]
    return kernelRefusal('INPUT_INVALID', { problem: first ? `${first.pointer || 'it'} ${first.detail}` : 'unknown' })
  }
  if (error instanceof OutcomeUnknown) return kernelRefusal('OUTCOME_UNKNOWN')
  if (isUnreachable(error)) return refusal('DATABASE_UNREACHABLE')
  // The pool's own words when every connection is in use for longer than anybody waits; it gives no code.
  if (error instanceof Error && error.message === 'timeout exceeded when trying to connect')
    return kernelRefusal('DATABASE_BUSY')
  const code = errorCode(error)
  return code === undefined ? undefined : (databaseRefusal(code, error) ?? frameworkRefusal(code, error))
}

function databaseRefusal(code: string, error: unknown): Refusal | undefined {
  if (code === '55P03' || code === '40001' || code === '40P01') return kernelRefusal('DATABASE_BUSY')
  if (code === '57014') return refusal('TOOK_TOO_LONG')
  if (code === '23505') return refusal('ALREADY_EXISTS', { constraint: constraintOf(error) })
  // A row that refers to nothing: an id that nobody has, or that another company has, which is not told apart.
  if (code === '23503') return missedBy(error)
  // Class 22 is data that PostgreSQL cannot take: a number out of range, a character it cannot store, a day that is none.
  if (/^22\w{3}$/.test(code))
    return kernelRefusal('INPUT_INVALID', {
      problem: 'a value is outside what can be stored. Check numbers, dates and characters.',
    })
  return undefined
}

function frameworkRefusal(code: string, error: unknown): Refusal | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refusal('BODY_TOO_LARGE', { most: BODY_MOST })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refusal('CONTENT_TYPE_UNKNOWN')
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return refusal('JSON_INVALID', { problem: 'it is empty.' })
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  const client = code.startsWith('FST_ERR_') && typeof status === 'number' && status >= 400 && status < 500
  return client ? refusal('REQUEST_INVALID', { problem: error instanceof Error ? error.message : code }) : undefined
}

const constraintOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : 'a unique rule'

/**
 * What a foreign key missed, out of its name (`orders_company_id_warehouse_id_fkey`): under row-level security PostgreSQL
 * does not say which value it was. Undefined for a row that something else still refers to.
 */
function missedBy(error: unknown): Refusal | undefined {
  const detail = typeof error === 'object' && error !== null && 'detail' in error ? String(error.detail) : ''
  if (!detail.includes('is not present')) return undefined
  const column = columnOfKey(constraintOf(error)) ?? 'thing'
  return kernelRefusal('UNKNOWN_CODE', { entity: column.replaceAll('_', ' '), code: 'as given' })
}

/** The largest body by default, in bytes. */
export const BODY_MOST = 20 * 1024 * 1024

/** The problem details of a refusal. `instance` is the path of the request, without its query. */
export function problemOf(no: Refusal, instance: string, misfits?: readonly Misfit[]): Problem {
  return {
    type: `urn:tradewright:refusal:${no.code}`,
    title: TITLE[no.kind],
    status: STATUS[no.code] ?? HTTP_STATUS[no.kind],
    detail: no.message,
    code: no.code,
    retry: no.retry,
    instance,
    ...(Object.keys(no.detail).length > 0 ? { parameters: no.detail } : {}),
    ...(misfits ? { errors: misfits } : {}),
  }
}
