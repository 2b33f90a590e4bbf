// What shipping does to orders: shipped quantities and costs on the lines, and the exposure they move.
import { changeExposure } from '#credit'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { unreserve } from '#inventory'
import { refuse } from '../refusals.ts'

/** Goods of one order line that left, in base units, and what they cost in the company's currency. */
export type ShippedLine = { order_line_id: string; quantity: string; cost: string }

type Shipper = Pick<Call<unknown>, 'tx' | 'companyId'>
type Effect = { customer_id: string; open_orders: string; unbilled: string; excess: string | null; line: number; number: string; open: string }

/**
 * Adds shipped quantities to the order lines, in one statement, and moves their value from open orders to unbilled.
 * Refuses SHIP_MORE_THAN_OPEN when a line would ship more than it has open.
 */
export async function recordShipped(call: Shipper, shipped: Sql<ShippedLine>): Promise<void> {
  const { tx, companyId } = call
  const effects = await tx.rows(sql<Effect>`with shipped as materialized (
      select order_line_id, sum(quantity) as quantity, sum(cost) as cost from ${shipped} s group by order_line_id
    ), line as materialized (
      select l.id, l.order_id, l.line, l.net, l.tax_rate, l.ordered, l.shipped, l.cancelled, l.invoiced, s.quantity, s.cost,
             l.ordered - l.shipped - l.cancelled as open
        from sales.order_line l join shipped s on s.order_line_id = l.id
       where l.company_id = ${companyId} order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set shipped = l.shipped + n.quantity, shipped_cost = l.shipped_cost + n.cost
        from line n where l.company_id = ${companyId} and l.id = n.id and n.quantity <= n.open
    )
    select o.customer_id, n.line, o.number, n.open::text,
           (sales.open_value(n.net, n.tax_rate, n.ordered, n.open - n.quantity) - sales.open_value(n.net, n.tax_rate, n.ordered, n.open))::text as open_orders,
           (sales.open_value(n.net, n.tax_rate, n.ordered, n.shipped + n.quantity - n.invoiced) - sales.open_value(n.net, n.tax_rate, n.ordered, n.shipped - n.invoiced))::text as unbilled,
           case when n.quantity > n.open then n.quantity::text end as excess
      from line n join sales.orders o on o.company_id = ${companyId} and o.id = n.order_id`)
  const over = effects.find((one) => one.excess !== null)
  if (over) refuse('SHIP_MORE_THAN_OPEN', { line: over.line, number: over.number, open: over.open, wanted: over.excess })
  await changeExposure(tx, companyId, sql`select customer_id, open_orders, unbilled, 0 as receivable, 0 as unapplied from unnest(
    ${effects.map((one) => one.customer_id)}::uuid[], ${effects.map((one) => one.open_orders)}::numeric[], ${effects.map((one) => one.unbilled)}::numeric[])
    as e (customer_id, open_orders, unbilled)`)
}

/** Cancels what is still open on the lines of these orders, gives back reservations and exposure. Returns the orders that had any. */
export async function cancelRemainder(call: Shipper, orders: Sql<{ id: string }>): Promise<readonly string[]> {
  const { tx, companyId } = call
  const effects = await tx.rows(sql<{ order_id: string; line_id: string; customer_id: string; open_orders: string }>`with line as materialized (
      select l.id, l.order_id, l.net, l.tax_rate, l.ordered, l.ordered - l.shipped - l.cancelled as open
        from sales.order_line l join ${orders} o on o.id = l.order_id
       where l.company_id = ${companyId} and l.ordered > l.shipped + l.cancelled order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set cancelled = l.cancelled + n.open from line n where l.company_id = ${companyId} and l.id = n.id
    )
    select n.order_id, n.id as line_id, o.customer_id, (-sales.open_value(n.net, n.tax_rate, n.ordered, n.open))::text as open_orders
      from line n join sales.orders o on o.company_id = ${companyId} and o.id = n.order_id`)
  if (effects.length === 0) return []
  await changeExposure(tx, companyId, sql`select customer_id, open_orders, 0 as unbilled, 0 as receivable, 0 as unapplied from unnest(
    ${effects.map((one) => one.customer_id)}::uuid[], ${effects.map((one) => one.open_orders)}::numeric[]) as e (customer_id, open_orders)`)
  await unreserve(call, sql`select line as source_line, 0::numeric as keep from unnest(${effects.map((one) => one.line_id)}::uuid[]) as line`)
  return [...new Set(effects.map((one) => one.order_id))]
}
