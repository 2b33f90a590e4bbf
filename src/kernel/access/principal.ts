// Who somebody is and what he may do: roles become permissions, each with the company, warehouse and amount of its grant.
import type { Grant, Principal } from '#kernel/context'
import { type Sql, sql } from '#kernel/db'
import { businessDate, type Company } from './companies.ts'

/** A grant as it is stored; dates are business dates of its company (of UTC when it holds in every company). */
export type StoredGrant = {
  role: string
  companyId: number | null
  warehouseId: string | null
  upTo: string | null
  startsOn: string | null
  endsOn: string | null
  permissions: readonly string[]
}

/** An account that may act now, with its grants. */
export type AccountRow = {
  id: string
  name: string
  email: string
  kind: 'person' | 'machine' | 'system'
  /** The account's last day, in each company by that company's calendar. */
  endsOn: string | null
  grants: readonly StoredGrant[]
}

/** The columns of an AccountRow, of an account named `a`. */
export const accountColumns: Sql = sql`a.id, a.name, a.email, a.kind, a.ends_on as "endsOn", coalesce((select jsonb_agg(jsonb_build_object(
    'role', g.role, 'companyId', g.company_id, 'warehouseId', g.warehouse_id, 'upTo', g.up_to::text,
    'startsOn', g.starts_on, 'endsOn', g.ends_on,
    'permissions', coalesce((select jsonb_agg(p.permission) from access.role_permission p where p.role = g.role), '[]'::jsonb)) order by g.id)
  from access.role_grant g where g.account_id = a.id), '[]'::jsonb) as grants`

/**
 * True for an account, named `a`, that is neither disabled nor past its last day everywhere: the day ends at midnight of
 * each company, so the last company to reach midnight decides whether he can sign in at all.
 */
export const alive = (now: Date): Sql =>
  sql`a.disabled_at is null and (a.ends_on is null
    or a.ends_on >= coalesce((select min((${now}::timestamptz at time zone d.time_zone)::date) from access.directory() d), (${now}::timestamptz at time zone 'UTC')::date))`

/** Builds the principal out of an account's grants that hold now. */
export function principalOf(account: AccountRow, companies: readonly Company[], now: Date): Principal {
  const zones = new Map(companies.map((company) => [company.id, company.timeZone]))
  const dayIn = (companyId: number | null) => businessDate(zones.get(companyId ?? 0) ?? 'UTC', now)
  const permissions = new Map<string, Grant[]>()
  const held: { role: string; companyId: number | null }[] = []
  for (const stored of account.grants) {
    if (!holds(stored, dayIn(stored.companyId))) continue
    for (const companyId of reached(account.endsOn, stored.companyId, companies, dayIn)) {
      const grant: Grant = { companyId, warehouseId: stored.warehouseId, upTo: stored.upTo }
      held.push({ role: stored.role, companyId })
      for (const permission of stored.permissions) {
        const grants = permissions.get(permission)
        if (grants) grants.push(grant)
        else permissions.set(permission, [grant])
      }
    }
  }
  return { id: account.id, name: account.name, kind: account.kind, roles: held, permissions }
}

/**
 * Where a grant still holds for somebody who leaves: a grant for every company shrinks, on the last day's night, to the
 * companies in which that day has not ended.
 */
function reached(
  endsOn: string | null,
  companyId: number | null,
  companies: readonly Company[],
  dayIn: (companyId: number | null) => string,
): readonly (number | null)[] {
  if (endsOn === null) return [companyId]
  const all = companyId === null ? companies.map((company) => company.id) : [companyId]
  const left = all.filter((one) => dayIn(one) <= endsOn)
  return companyId === null && left.length === all.length ? [null] : left
}

const holds = (grant: StoredGrant, today: string): boolean =>
  (grant.startsOn === null || grant.startsOn <= today) && (grant.endsOn === null || grant.endsOn >= today)
