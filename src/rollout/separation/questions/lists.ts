// What waits for whom: requests and waivers to decide, one's own, the waivers of the company, and the grants of a review.
import type { Context } from '#kernel/context'
import { type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { inSight } from '../people.ts'
import { request } from '../request/request.ts'
import { review } from '../review/review.ts'
import { waiver } from '../waiver/waiver.ts'

const MOST = 500

const requestColumns = {
  id: f.ref('rollout.access-request'),
  number: f.code(),
  state: f.text(),
  account: f.ref('access.account'),
  name: f.text({ label: 'For' }),
  role: f.code(),
  role_name: f.text({ label: 'Role' }),
  everywhere: f.boolean(),
  warehouse: f.code({ optional: true }),
  up_to: f.money({ optional: true }),
  starts_on: f.date({ optional: true }),
  ends_on: f.date(),
  reason: f.text(),
  requested_by_name: f.text({ label: 'Asked by' }),
  created_at: f.instant({ label: 'Asked' }),
  approver: f.code({ label: 'Decided by role' }),
  clashes: f.json(),
  decision_reason: f.text({ optional: true }),
  granted_until: f.date({ optional: true }),
}

const requestRows = (companyId: number, where: Sql): Sql => sql`
  select r.id, r.number, r.state, r.account_id as account, a.name, r.role, o.name as role_name, r.everywhere, w.code as warehouse, r.up_to,
      r.starts_on, r.ends_on, r.reason, b.name as requested_by_name, r.created_at, r.approver, r.clashes, r.decision_reason, r.granted_until
    from rollout.access_request r join access.account a on a.id = r.account_id join access.account b on b.id = r.requested_by
    join access.role o on o.code = r.role left join company.warehouse w on w.company_id = r.company_id and w.id = r.warehouse_id
   where r.company_id = ${companyId} and ${where} order by r.created_at desc, r.id limit ${MOST}::int`

/** Roles of the principal in the company, and of those for whom he stands in today. */
const rolesOf = ({ principal, companyId, today }: Context): Sql => {
  const own = principal.roles.filter((held) => held.companyId === null || held.companyId === companyId)
  return sql`select unnest(${own.map((held) => held.role)}::text[]) as role
    union select g.role from kernel.delegation d join access.role_grant g on g.account_id = d.from_user and (g.company_id is null or g.company_id = d.company_id)
     where d.company_id = ${companyId} and d.to_user = ${principal.id} and ${today}::date between d.starts_on and d.ends_on`
}

/** Requests that wait for a role that the person holds or stands in for, and that are not about himself. */
export const accessInbox = query('rollout.access-inbox', {
  may: request.verbs.approve.may,
  title: 'Requests for access that I may decide',
  columns: requestColumns,
  build: (_, context) => {
    const { id } = context.principal
    return requestRows(
      context.companyId,
      sql`r.state in ('asked', 'needs-waiver') and r.account_id <> ${id}::uuid and r.requested_by <> ${id}::uuid
        and r.approver in (select m.role from ${rolesOf(context)} m)`,
    )
  },
})

/** One's own requests, and those that others made for one, newest first. */
export const myRequests = query('rollout.my-access-requests', {
  may: request.verbs.ask.may,
  title: 'My requests for access',
  columns: requestColumns,
  build: (_, { companyId, principal }) =>
    requestRows(companyId, sql`(r.account_id = ${principal.id}::uuid or r.requested_by = ${principal.id}::uuid)`),
})

/** Every waiver with the days it has left; those that have run out or were ended stand at the end. */
export const waivers = query('rollout.waivers', {
  may: `${waiver.name}.read`,
  title: 'Waivers of separation rules with their days left',
  columns: {
    id: f.ref('rollout.access-waiver'),
    number: f.code(),
    state: f.text(),
    separation: f.code({ label: 'Rule' }),
    risk: f.text(),
    owner: f.code({ label: 'Owned by role' }),
    account: f.ref('access.account'),
    name: f.text({ label: 'For' }),
    control: f.text({ label: 'Control in its place' }),
    reason: f.text(),
    same_document: f.boolean(),
    expires_on: f.date(),
    days_left: f.integer(),
    requested_by_name: f.text({ label: 'Asked by' }),
    decided_by_name: f.text({ label: 'Decided by', optional: true }),
    mine: f.boolean({ label: 'I may decide' }),
  },
  build: (_, context) => sql`
    select w.id, w.number, w.state, w.separation, x.risk, w.owner, w.account_id as account, a.name, w.control, w.reason, w.same_document, w.expires_on,
        w.expires_on - ${context.today}::date as days_left, b.name as requested_by_name, c.name as decided_by_name,
        w.state = 'asked' and w.account_id <> ${context.principal.id}::uuid and w.requested_by <> ${context.principal.id}::uuid
          and w.owner in (select m.role from ${rolesOf(context)} m) as mine
      from rollout.access_waiver w join access.separation x on x.id = w.separation join access.account a on a.id = w.account_id
      join access.account b on b.id = w.requested_by left join access.account c on c.id = w.decided_by
     where w.company_id = ${context.companyId}
     order by array_position(array['asked', 'agreed', 'ended', 'refused'], w.state), w.expires_on, w.id limit ${MOST}::int`,
})

/** The grants of a review: undecided ones first, and of these the longest unused. */
export const reviewLines = query('rollout.review-lines', {
  may: `${review.name}.read`,
  title: 'The grants of an access review with their last use',
  parameters: T.object({ review: T.idOf('rollout.access-review') }),
  columns: {
    grant: f.ref('access.grant'),
    account: f.ref('access.account'),
    name: f.text({ label: 'For' }),
    role: f.code(),
    role_name: f.text({ label: 'Role' }),
    everywhere: f.boolean(),
    warehouse: f.code({ optional: true }),
    up_to: f.money({ optional: true }),
    ends_on: f.date({ optional: true }),
    reason: f.text(),
    last_used_at: f.instant({ optional: true }),
    outcome: f.text({ optional: true }),
    decided_by_name: f.text({ label: 'Decided by', optional: true }),
    note: f.text({ optional: true }),
    mine: f.boolean({ label: 'I may decide' }),
  },
  build: ({ review: id }, context) => sql`
    select l.grant_id as grant, l.account_id as account, a.name, l.role, o.name as role_name, l.everywhere, w.code as warehouse, l.up_to, l.ends_on, l.reason,
        l.last_used_at, l.outcome, b.name as decided_by_name, l.note,
        l.outcome is null and l.account_id <> ${context.principal.id}::uuid
          and coalesce(o.approver, 'administrator') in (select m.role from ${rolesOf(context)} m) as mine
      from rollout.access_review_line l join access.account a on a.id = l.account_id left join access.role o on o.code = l.role
      left join company.warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id left join access.account b on b.id = l.decided_by
     where l.company_id = ${context.companyId} and l.review_id = ${id}
     order by l.outcome is not null, l.last_used_at nulls first, a.name, l.role, l.id limit ${MOST}::int`,
})

/** Roles that one may ask for, with who decides about each. */
export const roles = query('rollout.roles', {
  may: request.verbs.ask.may,
  title: 'Roles that can be asked for',
  columns: {
    role: f.code(),
    name: f.text(),
    purpose: f.text(),
    approver: f.code({ label: 'Decided by role' }),
    acts: f.integer(),
  },
  build: () => sql`select r.code as role, r.name, r.purpose, coalesce(r.approver, 'administrator') as approver,
      (select count(*)::int from access.role_permission p where p.role = r.code) as acts
    from access.role r order by r.name, r.code limit ${MOST}::int`,
})

/** Colleagues for whom one may ask: those who work in the company, in every one, or nowhere yet. */
export const people = query('rollout.people', {
  may: `${request.name}.read`,
  title: 'Accounts of the company with their roles',
  columns: { account: f.ref('access.account'), name: f.text(), email: f.text(), roles: f.json() },
  build: (_, { companyId, today }) => sql`select a.id as account, a.name, a.email,
      coalesce((select jsonb_agg(distinct g.role) from access.role_grant g where g.account_id = a.id and (g.company_id is null or g.company_id = ${companyId})
        and (g.ends_on is null or g.ends_on >= ${today}::date)), '[]'::jsonb) as roles
    from access.account a where a.disabled_at is null and (a.ends_on is null or a.ends_on >= ${today}::date) and ${inSight(sql`a.id`, companyId)}
    order by a.name, a.id limit ${MOST}::int`,
})
