// What shipping does to orders: shipped quantities and costs on the lines, and the exposure they move.

import { unreserve } from '#inventory'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from '../refusals.ts'
import { moveExposure } from './returned.ts'
import { retotal } from './totals.ts'

/** Goods of one order line that leave, in base units. */
export type ShippedLine = { order_line_id: string; quantity: string }

type Shipper = Pick<Call<unknown>, 'tx' | 'companyId'>
type Effect = {
  customer_id: string
  open_orders: string
  unbilled: string
  state: string
  excess: boolean
  line: number
  number: string
  open: string
  wanted: string
}

/**
 * Adds shipped quantities to the order lines, in one statement, and moves their value from open orders to unbilled.
 * Refuses SHIP_MORE_THAN_OPEN when a line would ship more than it has open, ORDER_STOPPED when an order is not (or no
 * longer) confirmed: what is held does not ship (ORD-04). Comes before the stock moves: order lines and credit accounts
 * are locked ahead of stock everywhere; the cost, known only after, is added by `recordShippedCost`.
 */
export async function recordShipped(call: Shipper, shipped: Sql<ShippedLine>): Promise<void> {
  const { tx, companyId } = call
  const effects = await tx.rows(sql<Effect>`with shipped as materialized (
      select order_line_id, sum(quantity) as quantity from ${shipped} s group by order_line_id
    ), line as materialized (
      select l.id, l.order_id, l.line, s.quantity, l.ordered - l.shipped - l.cancelled as open,
             sales.open_worth(l) as open_before, sales.unbilled_worth(l) as unbilled_before
        from sales.order_line l join shipped s on s.order_line_id = l.id
       where l.company_id = ${companyId} order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set shipped = l.shipped + n.quantity
        from line n where l.company_id = ${companyId} and l.id = n.id and n.quantity <= n.open
      returning l.id, sales.open_worth(l) as open_after, sales.unbilled_worth(l) as unbilled_after
    )
    select o.customer_id, o.number, o.state, n.line, n.open::text, n.quantity::text as wanted, c.id is null as excess,
           coalesce(c.open_after - n.open_before, 0)::text as open_orders, coalesce(c.unbilled_after - n.unbilled_before, 0)::text as unbilled
      from line n join sales.orders o on o.company_id = ${companyId} and o.id = n.order_id left join changed c on c.id = n.id`)
  const over = effects.find((one) => one.excess)
  if (over) refuse('SHIP_MORE_THAN_OPEN', over)
  const stopped = effects.find((one) => one.state !== 'confirmed')
  if (stopped) refuse('ORDER_STOPPED', stopped)
  await moveExposure(call, effects)
}

/** Adds what the shipped goods cost (company currency) to their order lines, which `recordShipped` has locked. */
export async function recordShippedCost(
  call: Shipper,
  costs: Sql<{ order_line_id: string; cost: string }>,
): Promise<void> {
  await call.tx.run(sql`update sales.order_line l set shipped_cost = l.shipped_cost + c.cost
    from (select order_line_id, sum(cost) as cost from ${costs} given group by order_line_id) c
   where l.company_id = ${call.companyId} and l.id = c.order_line_id`)
}

/**
 * Cancels what is still open on the lines of these orders, gives back reservations, exposure and promises, and brings
 * their totals down to what remains. Returns the orders that had any.
 */
export async function cancelRemainder(
  call: Shipper & Pick<Call<unknown>, 'now'>,
  orders: Sql<{ id: string }>,
  reason = 'cancelled',
): Promise<readonly string[]> {
  const { tx, companyId } = call
  const effects = await tx.rows(sql<{
    order_id: string
    line_id: string
    customer_id: string
    open_orders: string
    unbilled: string
  }>`with line as materialized (
      select l.id, l.order_id, l.promise, l.ordered - l.shipped - l.cancelled as open, sales.open_worth(l) as open_before
        from sales.order_line l join ${orders} o on o.id = l.order_id
       where l.company_id = ${companyId} and l.ordered > l.shipped + l.cancelled order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set cancelled = l.cancelled + n.open, promise = case when l.shipped > 0 then l.promise end
        from line n where l.company_id = ${companyId} and l.id = n.id returning l.id, sales.open_worth(l) as open_after, l.promise
    ), kept as (
      insert into sales.promise (company_id, id, order_line_id, promise, reason, terms, at)
      select ${companyId}, gen_random_uuid(), c.id, null, ${reason}, jsonb_build_object('cancelled', n.open), ${call.now}
        from changed c join line n on n.id = c.id where c.promise is null and n.promise is not null
    )
    select n.order_id, n.id as line_id, o.customer_id, '0' as unbilled,
           (case when o.state = 'confirmed' then c.open_after - n.open_before else 0 end)::text as open_orders
      from line n join changed c on c.id = n.id join sales.orders o on o.company_id = ${companyId} and o.id = n.order_id`)
  if (effects.length === 0) return []
  const touched = [...new Set(effects.map((one) => one.order_id))]
  await Promise.all([
    moveExposure(call, effects),
    unreserve(
      call,
      sql`select line as source_line, 0::numeric as keep from unnest(${effects.map((one) => one.line_id)}::uuid[]) as line`,
    ),
    retotal(call, touched),
  ])
  return touched
}
