// What the figures share: whose warehouse, worth in the company's currency, deliveries, first attempts, and the backlog of any day.
import { rateOn } from '#company'
import { type Sql, sql } from '#kernel/db'
import type { Reach } from './kpi.ts'

/** Whether the warehouse in `column` is one of those that are asked for and may be seen. */
export const within = ({ warehouses }: Reach, column: Sql): Sql =>
  sql`(${warehouses}::uuid[] is null or ${column} = any(${warehouses}::uuid[]))`

/** Company currency for one unit of an order's currency on the day of the order; 1 where no rate is known. */
export const worthOf = (companyId: number, currency: Sql, day: Sql): Sql =>
  sql`coalesce(${rateOn(companyId, currency, day)}, 1)`

/** Days on the road when an order names no address, as promising reckons. */
const ROAD = 1

/** Goods that left between two days: order line, quantity, the day they left and the day they are with the customer. */
export const deliveries = ({ companyId }: Reach, from: Sql, to: Sql): Sql => sql`
  select n.order_line_id, s.order_id, s.shipped_on, s.shipped_on + coalesce(t.transit_days, ${ROAD}::int) as delivered_on, sum(n.picked) as quantity
    from warehouse.v_shipment s join warehouse.v_shipment_line n on n.company_id = s.company_id and n.shipment_id = s.id
    left join party.v_ship_to t on t.company_id = s.company_id and t.id = s.ship_to_id
   where s.company_id = ${companyId} and s.state = 'shipped' and s.shipped_on between ${from} and ${to}
   group by n.order_line_id, s.order_id, s.shipped_on, t.transit_days`

/**
 * First attempts of the days: one row a line of stock, on the day of its order's first shipment, with what went then.
 * An order of which nothing has left is attempted, with nothing, on the day for which it was promised (else wanted, else
 * ordered), once that day is over. Lines of cancelled orders are left out.
 */
export const attempts = (reach: Reach): Sql => sql`
  with sent as materialized (
    select distinct order_id from warehouse.v_shipment where company_id = ${reach.companyId} and state = 'shipped' and shipped_on between ${reach.from}::date and ${reach.to}::date
  ), first as materialized (
    select s.order_id, min(s.shipped_on) as day from sent join warehouse.v_shipment s on s.company_id = ${reach.companyId} and s.order_id = sent.order_id and s.state = 'shipped'
     group by s.order_id having min(s.shipped_on) >= ${reach.from}::date
  ), went as materialized (
    select n.order_line_id, sum(n.picked) as quantity from first f join warehouse.v_shipment s on s.company_id = ${reach.companyId} and s.order_id = f.order_id and s.state = 'shipped'
       and s.shipped_on = f.day join warehouse.v_shipment_line n on n.company_id = s.company_id and n.shipment_id = s.id group by n.order_line_id
  ), missed as materialized (
    select o.id as order_id, coalesce(min(l.first_promise), o.requested_on, o.ordered_on) as day
      from sales.v_order o join sales.v_order_line l on l.company_id = o.company_id and l.order_id = o.id
     where o.company_id = ${reach.companyId} and o.state in ('confirmed', 'on_hold')
     group by o.id, o.requested_on, o.ordered_on
    having sum(l.shipped) = 0 and coalesce(min(l.first_promise), o.requested_on, o.ordered_on) between ${reach.from}::date and least(${reach.to}::date, ${reach.today}::date - 1)
  )
  select a.day, o.id as order_id, o.warehouse_id, l.line, l.item_id, l.ordered, l.net, coalesce(w.quantity, 0) as quantity, coalesce(w.quantity, 0) >= l.ordered as whole,
         coalesce(l.requested_item_id, l.item_id) <> l.item_id as substituted
    from (select * from first union all select * from missed) a join sales.v_order o on o.company_id = ${reach.companyId} and o.id = a.order_id
    join sales.v_order_line l on l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock' and l.ordered > 0
    left join went w on w.order_line_id = l.id
   where o.state not in ('cancelled') and ${within(reach, sql`o.warehouse_id`)}`

/**
 * Everything that was in the backlog on some day since the first of `days`: pieces of confirmed lines, from the day of their
 * first promise or confirmation until the day they left (null: still open), with their worth. What was cancelled later is in no day's backlog.
 */
export const pieces = (reach: Reach): Sql => sql`
  with open as materialized (
    select o.id as order_id, l.id as line_id, l.ordered - l.shipped - l.cancelled as quantity, null::date as until
      from sales.v_order o join sales.v_order_line l on l.company_id = o.company_id and l.order_id = o.id
     where o.company_id = ${reach.companyId} and o.state in ('confirmed', 'on_hold') and o.confirmed_at is not null and l.ordered > l.shipped + l.cancelled
    union all
    select d.order_id, d.order_line_id, d.quantity, d.shipped_on from ${deliveries(reach, sql`${reach.days[0] ?? reach.from}::date + 1`, sql`'infinity'::date`)} d
  )
  select p.order_id, p.line_id, l.line, p.quantity, p.until, (least(o.confirmed_at, (select min(r.at) from sales.v_promise r where r.company_id = l.company_id and r.order_line_id = l.id)) at time zone b.time_zone)::date as since, o.state, o.warehouse_id, coalesce(l.promise, o.requested_on) as due,
         round(l.net * p.quantity / l.ordered * ${worthOf(reach.companyId, sql`o.currency`, sql`o.ordered_on`)}, b.digits) as worth
    from open p join sales.v_order o on o.company_id = ${reach.companyId} and o.id = p.order_id join sales.v_order_line l on l.company_id = o.company_id and l.id = p.line_id
    join company.v_company b on b.id = o.company_id
   where o.confirmed_at is not null and ${within(reach, sql`o.warehouse_id`)}`

/** The days of a level, as a relation `(day)`. */
export const daysOf = ({ days }: Reach): Sql => sql`select unnest(${days}::date[]) as day`
