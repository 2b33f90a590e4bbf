// Which separated pairs a role would join in one account, all of them at once: the one answer that grants, requests and simulations share.
import { type Sql, sql } from '#kernel/db'

/**
 * What is asked: the permissions of a role as it stands, or of one that is being composed, given to an account in a
 * company (null: in every company) for a time. Without an account it is the role alone, and whoever holds it already.
 */
export type Asked = {
  readonly role: string
  /** The permissions of a role that is being composed; left out, those that the role has. */
  readonly permissions?: readonly string[] | undefined
  readonly accountId: string | null
  readonly companyId: number | null
  readonly startsOn?: string | null | undefined
  readonly endsOn?: string | null | undefined
  readonly today: string
}

/** A permission on one side of a pair: from which role it comes, by which grant, or that it is the new one. */
export type Held = { permission: string; role: string; grant: string | null; new: boolean }

/** One pair in one account; `account` is null for the role alone. `first` and `second` are the sides of the pair. */
export type Clash = {
  separation: string
  risk: string
  owner: string
  account: string | null
  first: readonly Held[]
  second: readonly Held[]
  /** The newest waiver of this account for this pair, run out or not. */
  waiver: { until: string; control: string; valid: boolean; sameDocument: boolean } | null
  waived: boolean
  /** Accounts beside this one that hold both sides in the company today, and the names of the first few. */
  others: number
  names: readonly string[]
}

const NAMES = 10

/** Grants `g` that hold in the company on a day from `from` to `until`, or in any company when the company is null. */
const reaches = (companyId: number | null, from: string, until: string | null): Sql => sql`
  (g.company_id is null or ${companyId}::int is null or g.company_id = ${companyId}::int)
  and (g.ends_on is null or g.ends_on >= ${from}::date) and (${until}::date is null or g.starts_on is null or g.starts_on <= ${until}::date)`

/** The first day that counts: a grant that begins later meets only what still holds then. */
const firstDay = ({ startsOn, today }: Asked): string => (startsOn && startsOn > today ? startsOn : today)

/** What each account would hold: `(account_id, permission, role, grant_id, added)`. */
function holding(asked: Asked): Sql {
  const { role, permissions, accountId, companyId } = asked
  const reach = reaches(companyId, firstDay(asked), asked.endsOn ?? null)
  const added = permissions
    ? sql`select distinct p as permission from unnest(${permissions}::text[]) p`
    : sql`select permission from access.role_permission where role = ${role}`
  // The role that is composed, or given once more, stands in for itself as it is now.
  return sql`
    with subject as (
      select ${accountId}::uuid as account_id
      union select g.account_id from access.role_grant g where ${accountId}::uuid is null and g.role = ${role} and ${reach}
    )
    select s.account_id, a.permission, ${role}::text as role, null::uuid as grant_id, true as added from subject s cross join ${added} a
    union all
    select s.account_id, p.permission, g.role, g.id, false
      from subject s join access.role_grant g on g.account_id = s.account_id join access.role_permission p on p.role = g.role
     where g.role <> ${role} and ${reach}`
}

/** Every pair that would clash, as a relation of `Clash`, by pair and account. */
export function clashes(asked: Asked): Sql<Clash> {
  const { companyId, today } = asked
  const side = (of: 'first' | 'second'): Sql => sql`
    (select jsonb_agg(jsonb_build_object('permission', s.permission, 'role', s.role, 'grant', s.grant_id, 'new', s.added)
        order by s.permission, s.role, s.grant_id) from sides s
      where s.id = c.id and s.account_id is not distinct from c.account_id and s.side = ${of})`
  return sql<Clash>`
    with have as materialized (${holding(asked)}),
    sides as materialized (
      select h.*, x.separation as id, x.side from have h join access.v_separation_side x on x.permission = h.permission where x.checked = 'person'
    ),
    clash as (
      select distinct l.id, l.account_id from sides l
        join sides r on r.id = l.id and r.account_id is not distinct from l.account_id and r.permission <> l.permission and (l.added or r.added)
       where l.side = 'first' and r.side = 'second'
    ),
    both_sides as materialized (${bothSides(companyId, today)})
    select x.id as separation, x.risk, x.owner, c.account_id as account, ${side('first')} as first, ${side('second')} as second,
        to_jsonb(w) as waiver, coalesce(w.valid, false) as waived, o.others, o.names
      from clash c join access.separation x on x.id = c.id
      left join lateral (
        select v.expires_on as until, v.control, v.expires_on >= ${today}::date as valid, v.same_document as "sameDocument"
          from access.separation_waiver v
         where v.separation_id = c.id and v.account_id = c.account_id and (v.holds_in is null or v.holds_in = ${companyId}::int)
         order by v.expires_on desc, v.id limit 1) w on true
      cross join lateral (
        select count(*)::int as others, to_jsonb(coalesce((array_agg(a.name order by a.name))[1:${NAMES}::int], '{}')) as names
          from both_sides b join access.account a on a.id = b.account_id
         where b.id = c.id and b.account_id is distinct from c.account_id) o
     order by x.id, c.account_id`
}

/** Who holds both sides of which pair today, in one company: `(id, account_id)`. Waived or not: it is a fact either way. */
export const bothSides = (companyId: number | null, today: string): Sql => sql`
  with live as (
    select distinct g.account_id, g.company_id, p.permission from access.role_grant g
      join access.account a on a.id = g.account_id join access.role_permission p on p.role = g.role
     where a.disabled_at is null and a.kind <> 'system' and (a.ends_on is null or a.ends_on >= ${today}::date)
       and (g.starts_on is null or g.starts_on <= ${today}::date) and ${reaches(companyId, today, null)}
  ), side as (
    select x.separation, x.side, h.* from access.v_separation_side x join live h on h.permission = x.permission where x.checked = 'person'
  )
  select distinct l.separation as id, l.account_id from side l
    join side r on r.separation = l.separation and r.account_id = l.account_id and r.permission <> l.permission
     and (l.company_id is null or r.company_id is null or l.company_id = r.company_id)
   where l.side = 'first' and r.side = 'second'`
