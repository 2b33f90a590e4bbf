// Whom one may speak about, and who decides: shared by requests, waivers and reviews.
import { type Context, grantsFor } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { refuse } from './refusals.ts'

/** True for an account, named by an expression, that works in the company, in all of them, or nowhere yet. */
export const inSight = (account: Sql, companyId: number): Sql => sql`
  exists (select from access.account o where o.id = ${account} and o.kind <> 'system'
    and (not exists (select from access.role_grant g where g.account_id = o.id)
      or exists (select from access.role_grant g where g.account_id = o.id and (g.company_id is null or g.company_id = ${companyId}))))`

export type Person = { id: string; name: string; state: string }

/** Locks accounts in the order of their ids. Refuses NOT_FOUND for one that is not in sight of the company. */
export async function lockPeople(
  tx: Tx,
  companyId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const found =
    await tx.rows(sql<Person>`select a.id, a.name, case when a.disabled_at is null then 'active' else 'disabled' end as state
      from access.account a where a.id = any(${ids}::uuid[]) and ${inSight(sql`a.id`, companyId)} order by a.id for no key update`)
  const people = new Map(found.map((one) => [one.id, one]))
  const missing = ids.find((id) => !people.has(id))
  if (missing) refuseKernel('NOT_FOUND', { document: 'account', id: missing })
  return people
}

/** Whether somebody holds a permission in every company, not only in some. */
export const everywhere = (context: Context, permission: string): boolean =>
  grantsFor(context.principal, permission, context.companyId).some((grant) => grant.companyId === null)

/** What is decided: by which role, about whom, asked for by whom, and whether it is to hold in every company. */
export type Matter = { role: string; concerned: string; requestedBy: string; everywhere: boolean }

/**
 * Refuses OWN_ACCESS to whoever asked and to the one concerned, and NOT_THE_OWNER to whoever neither holds the role nor
 * stands in for an absent holder who is neither of them. What is to hold in every company needs the role in every one.
 */
export async function requireDecider(tx: Tx, context: Context, matter: Matter): Promise<void> {
  const { principal, companyId, today } = context
  const { role, concerned, requestedBy } = matter
  if (principal.id === concerned || principal.id === requestedBy) refuse('OWN_ACCESS', { role })
  const holds = principal.roles.some(
    (held) => held.role === role && (held.companyId === null || (!matter.everywhere && held.companyId === companyId)),
  )
  if (holds) return
  const absent = await tx.first(sql<{ id: string }>`select d.from_user as id from kernel.delegation d
      join access.role_grant g on g.account_id = d.from_user and g.role = ${role}
       and (g.company_id is null or (g.company_id = d.company_id and not ${matter.everywhere}::boolean))
     where d.company_id = ${companyId} and d.to_user = ${principal.id} and ${today}::date between d.starts_on and d.ends_on
       and d.from_user <> ${concerned}::uuid and d.from_user <> ${requestedBy}::uuid
       and (g.starts_on is null or g.starts_on <= ${today}::date) and (g.ends_on is null or g.ends_on >= ${today}::date) limit 1`)
  if (!absent) refuse('NOT_THE_OWNER', { role })
}
