// The command envelope: the only way to change a document, in one fixed order, in one transaction, or not at all.
import { createHash } from 'node:crypto'
import type { Static, TObject, TSchema, TUnknown } from '@sinclair/typebox'
import { requireApproval } from './approvals.ts'
import { type Context, type Grant, grantsFor, warehousesOf } from './context.ts'
import { type Tx, name, OutcomeUnknown, relation, type Sql, sql, transaction } from './db.ts'
import { compareDecimals } from './decimal.ts'
import type { Verb } from './document.ts'
import { outcomes } from './document.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { audit, type Done } from './record.ts'
import { refuse } from './refusal.ts'
import { refuseSamePerson } from './separation.ts'

/** How many documents one call may touch. */
export const SET_LIMIT = 10_000

/** A locked document as the envelope sees it. */
export type Row = { id: string; state: string; version: number; number: string; warehouse: string | null; amount: string | null }

/** What a body may say beside having done its work: where documents ended up, what changed in each, what to answer. */
export type Outcome = {
  states?: ReadonlyMap<string, string>
  changes?: ReadonlyMap<string, unknown>
  result?: unknown
}

/** What a body gets. `set` is the relation of ids `(id uuid)`; `tx` is its only road to the database. */
export type Call<I> = {
  tx: Tx
  context: Context
  companyId: number
  today: string
  now: Date
  actor: string
  ids: readonly string[]
  set: Sql<{ id: string }>
  rows: readonly Row[]
  numbers: readonly string[]
  input: I
  reason: string | undefined
  kernel: Kernel
}

export type Request = { ids?: readonly string[]; input: unknown; versions?: Readonly<Record<string, number>> }
export type Answer = { ids: readonly string[]; numbers?: readonly string[]; states?: Record<string, string>; result?: unknown; dryRun?: true; replayed?: true }

export type Command = {
  readonly verb: Verb
  readonly input: TObject
  readonly creates: boolean
  /** The shape of the answer's `result`, for verbs that have one. */
  readonly result?: TSchema
  /** Runs the verb. Throws Refusal for a no, OutcomeUnknown when the commit's fate is not known. */
  run(kernel: Kernel, context: Context, request: Request): Promise<Answer>
}

type Body<I, R = unknown> = (call: Call<I>) => Promise<(Outcome & { result?: R }) | undefined | void>

/** What a schema describes, as a body may return it: whoever only hands it on may keep it unchangeable. */
type Fixed<T> = T extends readonly (infer One)[] ? readonly Fixed<One>[] : T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T

/** Binds a body to a verb on documents that exist. `input` describes what the caller adds beside the ids, `result` what the body answers. */
export function command<S extends TObject, R extends TSchema = TUnknown>(verb: Verb, input: S, body: Body<Static<S>, Fixed<Static<R>>>, result?: R): Command {
  return bind(verb, input, body as Body<unknown>, result)
}

/** Binds a body to a verb that creates. `input` describes one document; the body gets them all as `input`. */
export function creation<S extends TObject, R extends TSchema = TUnknown>(verb: Verb, input: S, body: Body<readonly Static<S>[], Fixed<Static<R>>>, result?: R): Command {
  return { ...bind(verb, input, body as Body<unknown>, result), creates: true }
}

const bind = (verb: Verb, input: TObject, body: Body<unknown>, result: TSchema | undefined): Command => ({
  verb,
  input,
  creates: false,
  ...(result ? { result } : {}),
  run: (kernel, context, request) => run(verb, body, kernel, context, request),
})

async function run(verb: Verb, body: Body<unknown>, kernel: Kernel, context: Context, request: Request): Promise<Answer> {
  const grants = grantsFor(context.principal, verb.may, context.companyId)
  if (grants.length === 0) refuse('NOT_ALLOWED', { permission: verb.may })
  if (verb.reason === 'required' && !context.reason?.trim()) refuse('REASON_NEEDED', { verb: verb.verb, document: verb.document.label })
  const ids = subjects(verb, request)
  const numbers = verb.from === null && verb.document.number ? await kernel.numbers.take(context, verb.document.number, ids.length) : []
  const hash = createHash('sha256').update(JSON.stringify([request.ids ?? null, request.input, context.reason ?? null])).digest()
  const by = { actor: context.principal.id, channel: context.channel, verb: verb.may }
  const once = () =>
    transaction(kernel.pool, { companies: [context.companyId], by }, (tx) => inside({ tx, verb, body, kernel, context, request, ids, numbers, grants, hash }), {
      finish: context.dryRun ? 'rollback' : 'commit',
      label: verb.may,
    })
  try {
    return await once()
  } catch (error) {
    // With a key, asking again is safe and tells whether the lost commit had happened.
    if (error instanceof OutcomeUnknown && context.key && !context.dryRun) return await once()
    throw error
  }
}

type Inside = {
  tx: Tx; verb: Verb; body: Body<unknown>; kernel: Kernel; context: Context; request: Request
  ids: readonly string[]; numbers: readonly string[]; grants: readonly Grant[]; hash: Buffer
}

async function inside({ tx, verb, body, kernel, context, request, ids, numbers, grants, hash }: Inside): Promise<Answer> {
  const [earlier, rows] = await Promise.all([
    takeKey(tx, verb, context, hash),
    verb.from === null ? Promise.resolve([]) : lockRows(tx, verb, context, ids),
  ])
  if (earlier) return { ...earlier, replayed: true }
  if (verb.from !== null) {
    checkRows(verb, ids, rows, request, grants)
    await refuseSamePerson(tx, kernel, context, verb, ids)
    if (verb.approval) await requireApproval(tx, context, verb.approval, verb.document, rows)
  }
  const set = relation<{ id: string }>({ id: 'uuid' }, ids.map((id) => ({ id })))
  const done = await body({
    tx, context, companyId: context.companyId, today: context.today, now: context.now, actor: context.principal.id,
    ids, set, rows, numbers, input: request.input, reason: context.reason, kernel,
  })
  const outcome: Outcome = done ?? {}
  const fixed = typeof verb.to === 'string' ? verb.to : undefined
  const before = new Map(rows.map((row) => [row.id, row.state]))
  const finished: Done[] = ids.map((id, at) => {
    const to = outcome.states?.get(id) ?? fixed
    if (to === undefined || !outcomes(verb).includes(to)) throw new Error(`${verb.may} left ${id} in ${to}`)
    const input = verb.from === null && Array.isArray(request.input) ? request.input[at] : request.input
    return { id, from: before.get(id) ?? null, to, changes: outcome.changes?.get(id), input }
  })
  const answer: Answer = {
    ids,
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(fixed === undefined ? { states: Object.fromEntries(finished.map((one) => [one.id, one.to])) } : {}),
    ...(outcome.result === undefined ? {} : { result: outcome.result }),
    ...(context.dryRun ? { dryRun: true as const } : {}),
  }
  await audit(tx, context, verb, finished, context.key && !context.dryRun ? { route: verb.may, key: context.key, answer } : undefined)
  return answer
}

function subjects(verb: Verb, request: Request): readonly string[] {
  const creating = verb.from === null
  const given = creating ? request.input : request.ids
  const label = verb.document.label.toLowerCase()
  if (!Array.isArray(given) || given.length === 0) return refuse('NOTHING_GIVEN', { document: label })
  if (given.length > SET_LIMIT) refuse('TOO_MANY', { most: SET_LIMIT, given: given.length })
  // A caller that works offline may name the ids of what it creates; the key then is not even needed.
  const ids: string[] = creating ? given.map((one: { id?: string }) => one.id ?? newId()) : [...given].sort()
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) refuse('GIVEN_TWICE', { document: label, id })
    seen.add(id)
  }
  return ids
}

/** Takes the idempotency key; a twin that runs at the same time waits here and then gets the same answer. */
async function takeKey(tx: Tx, verb: Verb, context: Context, hash: Buffer): Promise<Answer | undefined> {
  if (!context.key || context.dryRun) return undefined
  const taken = await tx.run(sql`insert into kernel.idempotency (company_id, principal_id, route, key, input_hash, at)
    values (${context.companyId}, ${context.principal.id}, ${verb.may}, ${context.key}, ${hash}, ${context.now}) on conflict do nothing`)
  if (taken === 1) return undefined
  const earlier = await tx.first(sql<{ input_hash: Buffer; response: Answer }>`select input_hash, response from kernel.idempotency
    where company_id = ${context.companyId} and principal_id = ${context.principal.id} and route = ${verb.may} and key = ${context.key}`)
  if (!earlier?.input_hash.equals(hash)) refuse('KEY_REUSED', { key: context.key })
  return earlier?.response
}

/** Locks the documents in id order, the first of the global lock order (docs/decisions). */
function lockRows(tx: Tx, verb: Verb, context: Context, ids: readonly string[]): Promise<Row[]> {
  const { table, numbered, narrow, shared } = verb.document
  const one = narrow.warehouse ? name(narrow.warehouse) : sql`null`
  const amount = narrow.amount ? name(narrow.amount) : sql`null`
  const scope = shared ? sql`true` : sql`company_id = ${context.companyId}`
  return tx.rows(sql<Row>`select id, state, version, ${name(numbered)} as number, ${one}::text as warehouse, ${amount}::text as amount
    from ${name(table)} where ${scope} and id = any(${ids}::uuid[]) order by id for no key update`)
}

function checkRows(verb: Verb, ids: readonly string[], rows: readonly Row[], request: Request, grants: readonly Grant[]): void {
  const label = verb.document.label
  const warehouses = warehousesOf(grants)
  const found = new Set(rows.filter((row) => !warehouses || !row.warehouse || warehouses.includes(row.warehouse)).map((row) => row.id))
  const missing = ids.find((id) => !found.has(id))
  if (missing) refuse('NOT_FOUND', { document: label.toLowerCase(), id: missing })
  const limit = grants.some((grant) => grant.upTo === null) ? null : grants.map((grant) => grant.upTo ?? '0').sort(compareDecimals).at(-1)
  for (const row of rows) {
    const { number, state } = row
    if (!verb.from?.includes(state)) refuse('WRONG_STATE', { document: label, number, state, verb: verb.verb, from: verb.from?.join(' or '), id: row.id })
    const expected = request.versions?.[row.id]
    if (expected !== undefined && expected !== row.version) refuse('CHANGED_MEANWHILE', { document: label, number, id: row.id })
    if (limit && row.amount && compareDecimals(row.amount, limit) > 0) {
      refuse('ABOVE_YOUR_LIMIT', { document: label, number, amount: row.amount, limit, verb: verb.verb })
    }
  }
}
