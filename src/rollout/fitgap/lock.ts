// The lock on a signed register: whoever writes on one names the approved change request that lets him.
import { sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

/** The id of an approved change request. Refuses CHANGE_NOT_HERE and CHANGE_NOT_APPROVED. */
export async function approvedChange(tx: Tx, companyId: number, number: string): Promise<string> {
  const found = await tx.first(sql<{ id: string; state: string }>`select id, state from rollout.change_request
    where company_id = ${companyId} and (number = ${number} or id::text = ${number})`)
  if (!found) return refuse('CHANGE_NOT_HERE', { number })
  if (found.state !== 'approved' && found.state !== 'released') refuse('CHANGE_NOT_APPROVED', { number })
  return found.id
}

/** Sites of the given that have a signed register, by id with their code. */
export async function locked(
  tx: Tx,
  companyId: number,
  siteIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows(sql<{ site_id: string; code: string }>`select g.site_id, s.code from rollout.register g
    join rollout.site s on s.company_id = g.company_id and s.id = g.site_id
    where g.company_id = ${companyId} and g.site_id = any(${siteIds}::uuid[]) and g.state = 'signed' for key share of g`)
  return new Map(rows.map((one) => [one.site_id, one.code]))
}

/** Lets a write through when no register is locked, or by an approved change request, whose id comes back. Refuses REGISTER_LOCKED. */
export async function throughLock(
  tx: Tx,
  companyId: number,
  siteIds: readonly string[],
  change: string | undefined,
): Promise<string | null> {
  const held = await locked(tx, companyId, siteIds)
  if (change !== undefined) return await approvedChange(tx, companyId, change)
  const [site] = held.values()
  if (site !== undefined) refuse('REGISTER_LOCKED', { site })
  return null
}
