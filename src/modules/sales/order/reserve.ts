// Promising stock to the open lines of orders, as their warehouse and their rule say.
import { type Reserved, reserve } from '#inventory'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

/**
 * Reserves what is free for the open, unreserved quantities of the orders' stock lines. `when` is the moment: a
 * warehouse reserves at confirmation, at release, or only by hand. Better customer classes are served first, then
 * earlier requested dates, then earlier orders. Customers who want a minimum remaining life get fresher lots.
 */
export async function reserveOrders(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today'>,
  set: Sql<{ id: string }>,
  when: 'confirm' | 'release' | 'manual',
): Promise<Reserved[]> {
  const { companyId } = call
  const moments =
    when === 'confirm' ? ['confirm'] : when === 'release' ? ['confirm', 'release'] : ['confirm', 'release', 'manual']
  const demand = (life: Sql) => sql<{
    source_id: string
    source_line: string
    warehouse_id: string
    item_id: string
    quantity: string
    priority: number
  }>`
    select o.id as source_id, l.id as source_line, o.warehouse_id, l.item_id,
           l.ordered - l.shipped - l.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0) as quantity,
           (array_position(array['key', 'standard', 'small', 'cash'], c.class) * 100000 + coalesce(o.requested_on, o.ordered_on) - date '2000-01-01')::int as priority
      from sales.orders o join ${set} s on s.id = o.id
      join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock'
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
     where o.company_id = ${companyId} and w.reserve_at = any(${moments}::text[]) and ${life}`
  const [fresher, got] = await Promise.all([
    call.tx.rows(sql<{
      days: number
    }>`select distinct c.min_remaining_life_days as days from sales.orders o join ${set} s on s.id = o.id
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
     where o.company_id = ${companyId} and c.min_remaining_life_days > 0 order by 1`),
    reserve(call, 'sales.order', demand(sql`c.min_remaining_life_days = 0`), when),
  ])
  for (const { days } of fresher)
    got.push(...(await reserve(call, 'sales.order', demand(sql`c.min_remaining_life_days = ${days}`), when, days)))
  return got
}
