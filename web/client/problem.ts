// What went wrong with a request: a code, a sentence in the reader's language, and whether trying again helps.
import type { components } from '../generated/api.ts'
import { misfitText, refusalText } from '../i18n/refusal.ts'

export type ProblemDetails = components['schemas']['Problem']
export type Misfit = { pointer: string; detail: string }

/** A refusal, or a request that never arrived (code OFFLINE). `message` is a sentence to show as it is: the language's own, or the server's. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly retry: 'no' | 'yes' | 'after-change'
  readonly parameters: Readonly<Record<string, unknown>>
  readonly misfits: readonly Misfit[]

  constructor(details: ProblemDetails) {
    super(refusalText(details) ?? details.detail)
    this.code = details.code
    this.status = details.status
    this.retry = details.retry
    this.parameters = details.parameters ?? {}
    this.misfits = (details.errors ?? []).map(({ pointer, detail }) => ({ pointer, detail: misfitText(detail) }))
  }
}

const isDetails = (value: unknown): value is ProblemDetails =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value

/** The problem that an answer holds; one that is no problem details says so. */
export function problemFrom(status: number, body: unknown): Problem {
  if (isDetails(body)) return new Problem(body)
  return new Problem({
    type: 'about:blank',
    title: 'Unreadable answer',
    status,
    detail: `The server answered ${status} and not what was asked for. Nothing is known to have changed; try again.`,
    code: 'UNREADABLE',
    retry: 'yes',
    instance: '',
  })
}

/** The problem of a request that got no answer at all. */
export const unreachable = (): Problem =>
  new Problem({
    type: 'about:blank',
    title: 'No connection',
    status: 0,
    detail:
      'The server cannot be reached. What you typed is kept; it is tried again under the same key, so that nothing happens twice.',
    code: 'OFFLINE',
    retry: 'yes',
    instance: '',
  })

/** Any thrown value as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return problemFrom(0, {
    type: 'about:blank',
    title: 'Fault',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    code: 'FAULT',
    retry: 'no',
    instance: '',
  })
}
