// Promising stock to the open lines of orders, as their warehouse and their rule say.
import { type Demand, type Reserved, reserve } from '#inventory'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

type When = 'confirm' | 'release' | 'manual'

const MOMENTS: Readonly<Record<When, readonly string[]>> = {
  confirm: ['confirm'],
  release: ['confirm', 'release'],
  manual: ['confirm', 'release', 'manual'],
}

/**
 * Reserves what is free for the open, unreserved quantities of the orders' stock lines. `when` is the moment: a
 * warehouse reserves at confirmation, at release, or only by hand. Better customer classes are served first, then
 * earlier requested dates, then earlier lines. Lines whose stock somebody took away by hand get some by hand only.
 * Customers who want a minimum remaining life get fresher lots; `lives` are those days, when the caller knows them.
 */
export async function reserveOrders(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today'>,
  set: Sql<{ id: string }>,
  when: When,
  lives?: readonly number[],
): Promise<Reserved[]> {
  const { companyId } = call
  const demand = (life: number) => sql<Demand>`
    select o.id as source_id, l.id as source_line, o.warehouse_id, l.item_id, sales.priority(c.class, coalesce(o.requested_on, o.ordered_on)) as priority,
           l.ordered - l.shipped - l.cancelled - r.quantity as quantity
      from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock' and l.ordered > l.shipped + l.cancelled
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
      cross join lateral (select coalesce(sum(h.quantity), 0) as quantity from inventory.v_reservation h where h.company_id = l.company_id and h.source_line = l.id) r
     where w.reserve_at = any(${MOMENTS[when]}::text[]) and c.min_remaining_life_days = ${life}::int and (l.allocation = 'rule' or ${when === 'manual'}::boolean)`
  const [fresher, got] = await Promise.all([lives ?? livesOf(call, set), reserve(call, 'sales.order', demand(0), when)])
  for (const days of fresher) got.push(...(await reserve(call, 'sales.order', demand(days), when, days)))
  return got
}

/** Filtered here, not there: a filter on the customer would tempt the planner to read all customers first. */
async function livesOf(call: Pick<Call<unknown>, 'tx' | 'companyId'>, set: Sql<{ id: string }>): Promise<number[]> {
  const rows = await call.tx.rows(sql<{ days: number }>`select distinct c.min_remaining_life_days as days
      from ${set} s join sales.orders o on o.company_id = ${call.companyId} and o.id = s.id
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id order by 1`)
  return rows.map((row) => row.days).filter((days) => days > 0)
}
