// The one way to the server: typed by the API description, with one key per intent, and patient when the session ended.
import type { paths } from '../generated/api.ts'
import { asProblem, type Problem, problemFrom, unreachable } from './problem.ts'
import { companyCode, renewed } from './session.ts'

type Method = 'get' | 'post' | 'delete'
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : never
type Operation<P extends keyof paths, M extends Method> = paths[P][M]

/** The addresses that have a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: object } ? P : never
}[keyof paths]

/** What an address answers. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: { 200: infer R } } ? Json<R> : never

/** What an address is sent. */
export type Body<P extends keyof paths> =
  Operation<P, 'post'> extends { requestBody: { content: { 'application/json': infer T } } } ? T : Record<string, never>

export type Query<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Q } } ? Omit<NonNullable<Q>, 'company'> : Record<string, never>

type Given = {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  signal?: AbortSignal
}
type Change = Given & { key?: string; dryRun?: boolean }

/** Routes about the person himself know no company. */
const WITHOUT_COMPANY = /^\/api\/(session|openapi)/

/** The address with its parameters filled in and the company named. */
export function addressOf(path: string, { params = {}, query = {} }: Given): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const asked = new URLSearchParams()
  const company = companyCode.get()
  if (company && !WITHOUT_COMPANY.test(path)) asked.set('company', company)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value))
  const text = asked.toString()
  return text === '' ? filled : `${filled}?${text}`
}

async function once(address: string, init: RequestInit): Promise<unknown> {
  let answer: Response
  try {
    answer = await fetch(address, init)
  } catch (error) {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : unreachable()
  }
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.includes('json') === true
  const body: unknown = json && text !== '' ? JSON.parse(text) : text
  if (!answer.ok) throw problemFrom(answer.status, body)
  return body
}

/** Asks; when the session has ended, waits until somebody has signed in again and asks the very same once more. */
async function ask(address: string, init: RequestInit): Promise<unknown> {
  try {
    return await once(address, init)
  } catch (error) {
    const problem: Problem | undefined = error instanceof DOMException ? undefined : asProblem(error)
    if (problem?.code !== 'NOT_SIGNED_IN' || address.startsWith('/api/session')) throw error
    await renewed()
    return await once(address, init)
  }
}

/** A key for one intent of a person: made once, sent with every try. */
export const newKey = (): string => crypto.randomUUID()

/** Reads. The answer is typed by the address. */
export async function get<P extends PathOf<'get'>>(
  path: P,
  given: Given & { query?: Query<P, 'get'> } = {},
): Promise<Answer<P, 'get'>> {
  const answer = await ask(addressOf(path, given), given.signal ? { signal: given.signal } : {})
  return answer as Answer<P, 'get'>
}

/** Changes, or with `dryRun` shows what would change. The same `key` never has its effect twice. */
export async function post<P extends PathOf<'post'>>(
  path: P,
  body: Body<P>,
  given: Change = {},
): Promise<Answer<P, 'post'>> {
  return (await send(path, body, given)) as Answer<P, 'post'>
}

/** As `post`, for an address that is known only when the page runs: a verb of some document. */
export function send(path: string, body: unknown, { key, dryRun, query, ...rest }: Change = {}): Promise<unknown> {
  const address = addressOf(path, { ...rest, query: { ...query, ...(dryRun ? { dryRun: 'true' } : {}) } })
  return ask(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
    body: JSON.stringify(body),
    ...(rest.signal ? { signal: rest.signal } : {}),
  })
}

/** As `get`, for an address that is known only when the page runs: the list of some document. */
export const read = (path: string, given: Given = {}): Promise<unknown> =>
  ask(addressOf(path, given), given.signal ? { signal: given.signal } : {})

/** Ends something. */
export const remove = (path: string, given: Given = {}): Promise<unknown> =>
  ask(addressOf(path, given), { method: 'DELETE' })
