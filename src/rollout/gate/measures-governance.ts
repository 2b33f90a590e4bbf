// Measures of governance: seats that nobody holds, deviations that are over, roles that hold both sides of a pair, and use after go-live.
import { type Sql, sql } from '#kernel/db'
import { expiredDeviations } from '../deviation/valid.ts'
import { policy, seatKey } from '../governance/policy.ts'
import { sitting } from '../governance/seat/sits.ts'
import { CAME_LATER, mayBeBehind } from '../template/behind.ts'
import { type Measure, measured, type Row } from './measure.ts'

const vacant = (seats: readonly string[], today: string): Sql<Row> => sql<Row>`
  select count(*) filter (where h.seat is null)::text as value, jsonb_build_object('seats', count(*)::text, 'held', count(h.seat)::text) as numbers,
         coalesce(jsonb_agg(r.seat order by r.seat) filter (where h.seat is null), '[]') as records
    from unnest(${seats}::text[]) as r (seat) left join (select distinct x.seat from ${sitting(today)} x) h on h.seat = r.seat`

const seatsVacant = measured(
  { id: 'seats-vacant', title: 'Mandatory seats that nobody holds', unit: 'count', better: 'down' },
  ({ today }) =>
    vacant(
      policy()
        .seats.filter((one) => one.mandatory)
        .map(seatKey),
      today,
    ),
)

const unownedDomains = measured(
  { id: 'unowned-domains', title: 'Processes and domains of data without an owner', unit: 'count', better: 'down' },
  ({ today }) =>
    vacant(
      policy()
        .seats.filter((one) => one.area !== undefined)
        .map(seatKey),
      today,
    ),
)

const deviationsExpired = measured(
  { id: 'deviations-expired', title: 'Deviations whose last day is gone', unit: 'count', better: 'down' },
  ({ companyId, siteId, today }) => sql`
    select count(*)::text as value, jsonb_build_object('expired', count(*)::text) as numbers, coalesce(jsonb_agg(d.number order by d.number), '[]') as records
      from ${expiredDeviations(companyId, today)} d where ${siteId}::uuid is null or d.site_id = ${siteId}::uuid`,
)

/** The worst of the sites; the records are the releases that those which are too far behind lack. */
const versionsBehind = measured(
  {
    id: 'versions-behind',
    title: 'Releases that a site is behind, beyond those that it may be',
    unit: 'count',
    better: 'down',
  },
  ({ companyId, siteId }) => sql`
    with lacked as (
      select s.id, count(n.id) as behind, jsonb_agg(n.number order by n.created_at) filter (where n.id is not null) as numbers
        from rollout.site s join rollout.release r on r.id = s.release_id left join rollout.release n on ${CAME_LATER}
       where s.company_id = ${companyId} and (${siteId}::uuid is null or s.id = ${siteId}::uuid) group by s.company_id, s.id
    )
    select coalesce(max(greatest(l.behind - ${mayBeBehind()}::int, 0)), 0)::text as value,
           jsonb_build_object('behind', coalesce(max(l.behind), 0)::text, 'allowed', ${mayBeBehind()}::int::text) as numbers,
           coalesce((select jsonb_agg(distinct e.one) from lacked x cross join lateral jsonb_array_elements_text(x.numbers) e (one) where x.behind > ${mayBeBehind()}::int), '[]') as records
      from lacked l`,
)

const openDeviations = measured(
  { id: 'open-deviations', title: 'Deviations that are asked for or valid', unit: 'count', better: 'down' },
  ({ companyId, siteId, today }) => sql`
    select count(*)::text as value, jsonb_build_object('requested', (count(*) filter (where d.state = 'requested'))::text, 'valid', (count(*) filter (where d.state = 'approved'))::text) as numbers,
           coalesce(jsonb_agg(d.number order by d.number), '[]') as records
      from rollout.deviation d where d.company_id = ${companyId} and (${siteId}::uuid is null or d.site_id = ${siteId}::uuid)
       and (d.state = 'requested' or (d.state = 'approved' and d.expires_on >= ${today}::date))`,
)

/** Roles that hold both sides of a pair by themselves, and people who hold both sides in the company without a valid waiver. */
const roleConflicts = measured(
  {
    id: 'role-conflicts',
    title: 'Roles and people with both sides of a separated pair',
    unit: 'count',
    better: 'down',
  },
  ({ companyId, today }) => sql`
    with role_side as (
      select s.separation, s.side, p.role from access.v_separation_side s join access.role_permission p on p.permission = s.permission where s.checked = 'person'
    ), role_both as (
      select distinct l.separation || ' ' || l.role as record from role_side l join role_side r on r.separation = l.separation and r.role = l.role
       where l.side = 'first' and r.side = 'second'
    ), held as (
      select distinct g.account_id, p.permission from access.role_grant g join access.role_permission p on p.role = g.role join access.account a on a.id = g.account_id
       where (g.company_id is null or g.company_id = ${companyId}) and a.kind = 'person' and a.disabled_at is null and (a.ends_on is null or a.ends_on >= ${today}::date)
         and (g.starts_on is null or g.starts_on <= ${today}::date) and (g.ends_on is null or g.ends_on >= ${today}::date)
    ), side as (
      select s.separation, s.side, h.account_id from access.v_separation_side s join held h on h.permission = s.permission where s.checked = 'person'
    ), person_both as (
      select distinct l.separation || ' ' || a.email as record from side l join side r on r.separation = l.separation and r.account_id = l.account_id
        join access.account a on a.id = l.account_id
       where l.side = 'first' and r.side = 'second' and not exists (select from access.separation_waiver w where w.separation_id = l.separation and w.account_id = l.account_id
              and w.expires_on >= ${today}::date and (w.holds_in is null or w.holds_in = ${companyId}))
    ), found as (select record from role_both union select record from person_both)
    select count(*)::text as value, jsonb_build_object('roles', (select count(*) from role_both)::text, 'people', (select count(*) from person_both)::text) as numbers,
           coalesce(jsonb_agg(record order by record), '[]') as records from found`,
)

/** Days back from now in which somebody must have done something to count as a user. */
const USED_WITHIN_DAYS = 14

const adoption = measured(
  {
    id: 'adoption',
    title: 'People with a role here who worked with it in the last two weeks',
    unit: 'percent',
    better: 'up',
  },
  ({ companyId, today, now }) => sql`
    with people as (
      select distinct g.account_id, a.email from access.role_grant g join access.account a on a.id = g.account_id
       where (g.company_id is null or g.company_id = ${companyId}) and a.kind = 'person' and a.disabled_at is null and (a.ends_on is null or a.ends_on >= ${today}::date)
         and (g.starts_on is null or g.starts_on <= ${today}::date) and (g.ends_on is null or g.ends_on >= ${today}::date)
    ), acted as (
      select distinct k.actor_id from kernel.audit k where k.company_id = ${companyId} and k.at > ${now}::timestamptz - make_interval(days => ${USED_WITHIN_DAYS}::int) and k.at <= ${now}::timestamptz
    )
    select trim_scale(round(100.0 * count(x.actor_id) / nullif(count(*), 0), 2))::text as value, jsonb_build_object('people', count(*)::text, 'worked', count(x.actor_id)::text) as numbers,
           coalesce(jsonb_agg(p.email order by p.email) filter (where x.actor_id is null), '[]') as records
      from people p left join acted x on x.actor_id = p.account_id`,
)

const lessonsProposed = measured(
  {
    id: 'lessons-proposed',
    title: 'Lessons of the site that were proposed for the template',
    unit: 'count',
    better: 'up',
  },
  ({ companyId, siteId }) => sql`
    select count(*)::text as value, '{}'::jsonb as numbers, coalesce(jsonb_agg(x.number order by x.number), '[]') as records from (
      select d.number from rollout.decision d where d.company_id = ${companyId} and (${siteId}::uuid is null or d.site_id = ${siteId}::uuid) and d.kind = 'template-change' and d.state <> 'withdrawn'
      union all
      select c.number from rollout.change_request c where c.company_id = ${companyId} and (${siteId}::uuid is null or c.site_id = ${siteId}::uuid) and c.changes_template and c.state <> 'rejected') x`,
)

export const OF_GOVERNANCE: readonly Measure[] = [
  seatsVacant,
  unownedDomains,
  deviationsExpired,
  versionsBehind,
  openDeviations,
  roleConflicts,
  adoption,
  lessonsProposed,
]
