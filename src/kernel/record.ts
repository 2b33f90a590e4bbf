// The last statement of every command: state, audit leaf, outbox row and the stored answer, written together.
import { createHash } from 'node:crypto'
import type { Context } from './context.ts'
import { name, type Tx, sql } from './db.ts'
import type { Verb } from './document.ts'
import { newId } from './ids.ts'

/** What happened to one document. */
export type Done = { id: string; from: string | null; to: string; changes: unknown; input: unknown }

type Stored = { route: string; key: string; answer: unknown }

const SECRET = /password|secret|token/i
const redacted = (input: unknown) =>
  JSON.parse(JSON.stringify(input ?? null, (key, value: unknown) => (SECRET.test(key) ? '(withheld)' : value)))

/** The canonical payload of an audit leaf: JSON with its members in this order, so that anyone can recompute the leaf. */
export function leafPayload(context: Context, verb: Verb, one: Done): string {
  return JSON.stringify({
    at: context.now.toISOString(),
    company: context.companyId,
    actor: context.principal.id,
    channel: context.channel,
    document: verb.document.name,
    id: one.id,
    verb: verb.verb,
    from: one.from,
    to: one.to,
    ...(context.reason ? { reason: context.reason } : {}),
    ...(one.changes === undefined ? { input: redacted(one.input) } : { changes: one.changes }),
  })
}

/** SHA-256(0x00 || payload): a leaf of the RFC 6962 tree. */
export const leafOf = (payload: string): Buffer => createHash('sha256').update('\0').update(payload, 'utf8').digest()

/** Writes state and version, one audit leaf and one outbox row per document, and the answer under its key. */
export async function audit(tx: Tx, context: Context, verb: Verb, done: readonly Done[], stored?: Stored): Promise<void> {
  const payloads = done.map((one) => leafPayload(context, verb, one))
  const table = name(verb.document.table)
  const scope = verb.document.shared ? sql`true` : sql`t.company_id = ${context.companyId}`
  const moved = verb.from === null
    ? sql``
    : sql`, moved as (update ${table} t set state = d.state, version = t.version + 1, updated_at = ${context.now}
          from done d where ${scope} and t.id = d.id)`
  const answered = stored
    ? sql`, answered as (update kernel.idempotency set response = ${JSON.stringify(stored.answer)}::jsonb
          where company_id = ${context.companyId} and principal_id = ${context.principal.id} and route = ${stored.route} and key = ${stored.key})`
    : sql``
  await tx.run(sql`with done as (
      select * from unnest(${done.map((one) => one.id)}::uuid[], ${done.map((one) => one.to)}::text[], ${payloads}::text[],
        ${payloads.map(leafOf)}::bytea[], ${done.map(() => newId())}::uuid[]) as d (id, state, payload, leaf, audit_id)
    )${moved}${answered}, leaves as (
      insert into kernel.audit (id, at, company_id, actor_id, document, document_id, verb, payload, leaf)
      select audit_id, ${context.now}, ${context.companyId}, ${context.principal.id}, ${verb.document.name}, id, ${verb.verb}, payload, leaf from done
    )
    insert into kernel.outbox (id, at, company_id, topic, document_id, payload)
    select audit_id, ${context.now}, ${context.companyId}, ${`${verb.document.name}.${verb.verb}`}, id, jsonb_build_object('to', state) from done`)
}
