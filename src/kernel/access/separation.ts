// Nobody is given both sides of a pair in one company, unless a waiver that has not run out says so (SEC-04, SEC-05).
import { sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

type Clash = { separation: string; risk: string; owner: string; held: string; added: string }

/**
 * Refuses SEPARATION_CONFLICT when the role, given in the company (null: in all), would join in one account both sides
 * of a pair. Grants that begin later count as well; those that have ended do not.
 */
export async function refuseConflicts(
  tx: Tx,
  given: { accountId: string; role: string; companyId: number | null; today: string },
): Promise<void> {
  const clash = await tx.first(sql<Clash>`
    with added as (select permission from access.role_permission where role = ${given.role}),
    held as (
      select distinct p.permission from access.role_grant g join access.role_permission p on p.role = g.role
       where g.account_id = ${given.accountId}::uuid and (g.ends_on is null or g.ends_on >= ${given.today}::date)
         and (g.company_id is null or ${given.companyId}::int is null or g.company_id = ${given.companyId}::int)
      union select permission from added
    ),
    sides as (
      select id, risk, owner, left_permissions as one, right_permissions as other from access.separation where checked = 'person'
      union all select id, risk, owner, right_permissions, left_permissions from access.separation where checked = 'person'
    )
    select s.id as separation, s.risk, s.owner, h.permission as held, a.permission as added
      from sides s join added a on a.permission = any(s.one) join held h on h.permission = any(s.other) and h.permission <> a.permission
     where not exists (select from access.separation_waiver w
             where w.separation_id = s.id and w.account_id = ${given.accountId}::uuid and w.expires_on >= ${given.today}::date)
     order by s.id, h.permission, a.permission limit 1`)
  if (clash) refuse('SEPARATION_CONFLICT', clash)
}
