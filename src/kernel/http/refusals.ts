// Every no that the HTTP layer itself says.
import { type Detail, Refusal, refusals } from '#kernel/refusal'

export const refuse = refusals({
  JSON_INVALID: { text: 'The body is not what this route reads: {problem}', kind: 'invalid' },
  REQUEST_INVALID: { text: 'The request cannot be read: {problem}', kind: 'invalid' },
  BODY_TOO_LARGE: { text: 'The body is larger than {most} bytes. Send it in parts.', kind: 'invalid' },
  CONTENT_TYPE_UNKNOWN: { text: 'Send the body as application/json.', kind: 'invalid' },
  ROUTE_UNKNOWN: { text: 'There is nothing at {path}. Ask GET /api for what there is.', kind: 'unknown', retry: 'no' },
  METHOD_UNKNOWN: {
    text: '{method} does not work here. Send {allowed}, or ask GET /api for every operation there is.',
    kind: 'invalid',
    retry: 'no',
  },
  CROSS_SITE: {
    text: 'A browser session may change something only from its own pages. Send the request from there, or use an API key.',
    kind: 'forbidden',
    retry: 'no',
  },
  IDEMPOTENCY_KEY_INVALID: {
    text: 'Send an Idempotency-Key of 8 to 200 printable ASCII characters, such as a UUID.',
    kind: 'invalid',
  },
  COMPANY_UNKNOWN: {
    text: 'There is no company {company} in which you work. Ask GET /api/session for yours.',
    kind: 'unknown',
  },
  TOO_MANY_REQUESTS: {
    text: 'Too many requests in a short time. Wait {seconds} seconds and go on more slowly.',
    kind: 'busy',
    retry: 'yes',
  },
  DATABASE_UNREACHABLE: {
    text: 'The database cannot be reached just now. Nothing was changed; try again in a moment.',
    kind: 'busy',
    retry: 'yes',
  },
  ALREADY_EXISTS: {
    text: 'Something with the same identity is there already ({constraint}). Look it up, or choose another number or code.',
    kind: 'conflict',
  },
  TOOK_TOO_LONG: {
    text: 'The question took too long and was stopped. Narrow it, by dates or by filters.',
    kind: 'busy',
    retry: 'after-change',
  },
  INTERNAL_ERROR: {
    text: 'Something went wrong on our side and nothing was changed. Tell support the incident {incident}.',
    kind: 'busy',
    retry: 'yes',
  },
  FILTER_IMPOSSIBLE: { text: 'This list cannot be filtered by {field}. Possible: {possible}.', kind: 'invalid' },
  SORT_IMPOSSIBLE: { text: 'This list cannot be sorted by {field}. Possible: {possible}.', kind: 'invalid' },
  SEARCH_IMPOSSIBLE: { text: 'This list has no column that you may search. Use a filter.', kind: 'invalid' },
  CURSOR_INVALID: { text: 'The cursor does not belong to this list. Begin again without it.', kind: 'invalid' },
  EXPORT_TOO_LARGE: {
    text: 'More than {most} rows are too many for one file of this kind. Narrow the list by filters, or page through it.',
    kind: 'invalid',
  },
})

/** The refusal that `refuse` would throw, as a value. */
export function refusal(code: Parameters<typeof refuse>[0], detail: Detail = {}): Refusal {
  try {
    return refuse(code, detail)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
