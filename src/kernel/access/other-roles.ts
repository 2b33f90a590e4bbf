// What to give instead of a role that clashes: other roles that bring part of the same work and no clash at all.
import { type Sql, sql } from '#kernel/db'
import type { Asked } from './clashes.ts'

/** A role without a clash. `covers` of `wanted` new acts come with it, and `beyond` that nobody asked for. Reading is no act. */
export type OtherRole = { role: string; name: string; covers: number; wanted: number; beyond: number }

/** What brings less than one part in so many of the acts is no help, however clean it is. */
const LEAST = 4

const isAct = (permission: Sql): Sql => sql`${permission} !~ '\.(read|why|verify|see-[a-z-]+)$'`

/** Other roles for the account, those that bring most of what was wanted first, and of these the smallest. */
export function otherRoles({ role, accountId, companyId, startsOn, endsOn, today }: Asked, most = 3): Sql<OtherRole> {
  const from = startsOn && startsOn > today ? startsOn : today
  return sql<OtherRole>`
    with held as materialized (
      select distinct p.permission from access.role_grant g join access.role_permission p on p.role = g.role
       where g.account_id = ${accountId}::uuid and g.role <> ${role} and (g.ends_on is null or g.ends_on >= ${from}::date)
         and (g.company_id is null or ${companyId}::int is null or g.company_id = ${companyId}::int)
         and (${endsOn ?? null}::date is null or g.starts_on is null or g.starts_on <= ${endsOn ?? null}::date)
    ),
    wanted as materialized (
      select permission from access.role_permission p where p.role = ${role} and ${isAct(sql`p.permission`)}
      except select permission from held
    ),
    open as materialized (
      select s.* from access.v_separation_side s where s.checked = 'person'
         and not exists (select from access.separation_waiver w where w.separation_id = s.separation
          and w.account_id = ${accountId}::uuid and w.expires_on >= ${today}::date and (w.holds_in is null or w.holds_in = ${companyId}::int))
    ),
    clashing as (
      select distinct p.role from access.role_permission p join open a on a.permission = p.permission
        join open b on b.separation = a.separation and b.side <> a.side and b.permission <> a.permission
       where b.permission in (select permission from held)
          or exists (select from access.role_permission q where q.role = p.role and q.permission = b.permission)
    )
    select r.code as role, r.name, count(*) filter (where p.permission in (select permission from wanted))::int as covers,
        (select count(*)::int from wanted) as wanted,
        count(*) filter (where ${isAct(sql`p.permission`)} and p.permission not in (select permission from wanted)
          and p.permission not in (select permission from held))::int as beyond
      from access.role r join access.role_permission p on p.role = r.code
     where r.code <> ${role} and r.code not in (select role from clashing)
     group by r.code, r.name
    having count(*) filter (where p.permission in (select permission from wanted)) * ${LEAST}::int >= greatest((select count(*) from wanted), 1)
     order by covers desc, beyond, r.code limit ${most}::int`
}
