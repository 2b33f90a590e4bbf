// The envelope of administration: permission, one transaction, the idempotency key, the change, one audit leaf, or nothing.
import { createHash } from 'node:crypto'
import { type Context, type Grant, grantsFor } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import type { Verb } from '#kernel/document'
import { audit } from '#kernel/record'
import { refuse as refuseKernel } from '#kernel/refusal'
import type { StoredGrant } from './principal.ts'
import { refuse } from './refusals.ts'
import type { Access } from './runtime.ts'

/** What a change did. `answer` goes out once; `kept` is what a replay with the same key gets, without secrets. */
export type Change<T> = { id: string; from: string | null; to: string; changes: unknown; answer: T; kept: unknown }

/** Runs one change for somebody who holds the verb's permission in the company named. */
export async function administer<T>(
  access: Access,
  context: Context,
  verb: Verb,
  input: unknown,
  work: (tx: Tx) => Promise<Change<T>>,
): Promise<T | object> {
  if (grantsFor(context.principal, verb.may, context.companyId).length === 0)
    refuseKernel('NOT_ALLOWED', { permission: verb.may })
  if (verb.reason === 'required' && !context.reason?.trim())
    refuseKernel('REASON_NEEDED', { verb: verb.verb, document: verb.document.label })
  const answer = await administerOpenly(access, context, verb, input, work)
  access.forget()
  return answer
}

/** The same without the permission: for what `work` itself lets only the right person do, such as deciding an approval. */
export async function administerOpenly<T>(
  access: Access,
  context: Context,
  verb: Verb,
  input: unknown,
  work: (tx: Tx) => Promise<Change<T>>,
): Promise<T | object> {
  const hash = createHash('sha256')
    .update(JSON.stringify([input, context.reason ?? null]))
    .digest()
  const key = context.dryRun ? undefined : context.key
  return await transaction(
    access.kernel.pool,
    { companies: [context.companyId] },
    async (tx) => {
      const earlier = key ? await takeKey(tx, context, verb.may, key, hash) : undefined
      if (earlier) return { ...earlier, replayed: true }
      const change = await work(tx)
      await record(tx, context, verb, change, key)
      return context.dryRun ? { dryRun: true } : change.answer
    },
    { finish: context.dryRun ? 'rollback' : 'commit', label: verb.may },
  )
}

/** Writes the audit leaf of a change. Access keeps its states itself, so the leaf is written as for something new. */
export function record(
  tx: Tx,
  context: Context,
  verb: Verb,
  change: Omit<Change<unknown>, 'answer'>,
  key?: string,
): Promise<void> {
  const done = [{ id: change.id, from: change.from, to: change.to, changes: change.changes, input: null }]
  return audit(
    tx,
    context,
    { ...verb, from: null },
    done,
    key ? { route: verb.may, key, answer: change.kept } : undefined,
  )
}

async function takeKey(
  tx: Tx,
  context: Context,
  route: string,
  key: string,
  hash: Buffer,
): Promise<object | undefined> {
  const { companyId, now } = context
  const taken = await tx.run(sql`insert into kernel.idempotency (company_id, principal_id, route, key, input_hash, at)
    values (${companyId}, ${context.principal.id}, ${route}, ${key}, ${hash}, ${now}) on conflict do nothing`)
  if (taken === 1) return undefined
  const earlier = await tx.first(sql<{
    input_hash: Buffer
    response: object
  }>`select input_hash, response from kernel.idempotency
    where company_id = ${companyId} and principal_id = ${context.principal.id} and route = ${route} and key = ${key}`)
  if (!earlier?.input_hash.equals(hash)) refuseKernel('KEY_REUSED', { key })
  return earlier?.response
}

/** An account locked for a change. */
export type Subject = {
  id: string
  email: string
  name: string
  kind: 'person' | 'machine' | 'system'
  state: string
  grants: readonly StoredGrant[]
}

/**
 * Locks an account that the administrator may touch: one whose every grant lies in companies where he holds the
 * permission without narrowing. Anything else would let an administrator of one company take over one of all.
 * Refuses with NOT_FOUND, about what was `asked` for, when the account is out of his sight, and with OUT_OF_REACH for one that works elsewhere too.
 */
export async function lockAccount(
  tx: Tx,
  context: Context,
  permission: string,
  id: string,
  asked = { document: 'account', id },
): Promise<Subject> {
  await tx.run(sql`select from access.account where id = ${id}::uuid for no key update`)
  const subject =
    await tx.first(sql<Subject>`select a.id, a.email, a.name, a.kind, case when a.disabled_at is null then 'active' else 'disabled' end as state,
      coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'companyId', g.company_id)) from access.role_grant g where g.account_id = a.id), '[]'::jsonb) as grants
    from access.account a where a.id = ${id}::uuid and a.kind <> 'system'`)
  const own = context.principal.permissions.get(permission) ?? []
  const inSight =
    (subject?.grants.length ?? 0) === 0 ||
    subject?.grants.some((grant) => grant.companyId === null || covers(own, grant.companyId))
  if (!subject || !inSight) return refuseKernel('NOT_FOUND', asked)
  if (!subject.grants.every((grant) => covers(own, grant.companyId))) refuse('OUT_OF_REACH')
  return subject
}

/** Whether grants reach a company whole; null asks for every company. */
export const covers = (own: readonly Grant[], companyId: number | null): boolean =>
  own.some(
    (grant) =>
      grant.warehouseId === null && grant.upTo === null && (grant.companyId === null || grant.companyId === companyId),
  )
