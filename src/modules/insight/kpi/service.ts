// How well customers are served: cycle time, promises kept, what the first shipment holds, and what was short.
import { type Sql, sql } from '#kernel/db'
import type { Fact, Kpi, Reach } from './kpi.ts'
import { attempts, deliveries, within } from './pieces.ts'

const OF_ORDERS = { needs: 'sales.order.read', of: 'sales.order', version: 1, byWarehouse: true, kind: 'flow' } as const

/** Shipments that left this long before the period may still arrive in it. */
const ROAD_MOST = 60

const cycleTime: Kpi = {
  ...OF_ORDERS,
  id: 'cycle-time',
  spec: 'K01',
  name: 'Order cycle time',
  formula:
    'Days from the order until all of it is with the customer, less the days for which he asked to wait, by the number of orders that became complete in the period. With the customer: the day it left and the days on the road of its address.',
  unit: 'days',
  grain: 'order',
  better: 'down',
  target: '3',
  warning: '5',
  owner: 'warehouse-supervisor',
  facts: (reach) => sql<Fact>`
    with sent as materialized (
      select distinct d.order_id from ${deliveries(reach, sql`${reach.from}::date - ${ROAD_MOST}::int`, sql`${reach.to}::date`)} d
       where d.delivered_on between ${reach.from}::date and ${reach.to}::date
    ), gone as (
      select s.order_id, max(s.shipped_on + coalesce(t.transit_days, 1)) as day, min(coalesce(t.transit_days, 1)) as road
        from sent join warehouse.v_shipment s on s.company_id = ${reach.companyId} and s.order_id = sent.order_id and s.state = 'shipped'
        left join party.v_ship_to t on t.company_id = s.company_id and t.id = s.ship_to_id group by s.order_id
    )
    select g.day, o.id, null::text as place, (g.day - o.ordered_on - greatest(coalesce(o.requested_on, o.ordered_on) - o.ordered_on - w.handling_days - g.road, 0))::numeric as numerator,
           1::numeric as denominator
      from gone g join sales.v_order o on o.company_id = ${reach.companyId} and o.id = g.order_id join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
     where g.day between ${reach.from}::date and ${reach.to}::date and o.state in ('confirmed', 'closed') and ${within(reach, sql`o.warehouse_id`)}
       and not exists (select from sales.v_order_line l where l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock' and l.ordered > l.shipped + l.cancelled)`,
}

const otif: Kpi = {
  ...OF_ORDERS,
  id: 'otif',
  spec: 'K04',
  name: 'On time, in full, to the first promise',
  formula:
    'Lines of which everything ordered was with the customer by the day first promised, by all lines first promised for the days of the period that are over. A line closed short has failed; lines of cancelled orders are left out.',
  unit: 'percent',
  grain: 'line',
  better: 'up',
  target: '95',
  warning: '90',
  owner: 'sales-manager',
  facts: (reach) => sql<Fact>`
    select l.first_promise as day, o.id, l.line::text as place, case when d.quantity >= l.ordered then 1 else 0 end::numeric as numerator, 1::numeric as denominator
      from sales.v_order_line l join sales.v_order o on o.company_id = l.company_id and o.id = l.order_id and o.state in ('confirmed', 'on_hold', 'closed')
      left join lateral (select sum(n.picked) as quantity from warehouse.v_shipment_line n
          join warehouse.v_shipment s on s.company_id = n.company_id and s.id = n.shipment_id and s.state = 'shipped'
          left join party.v_ship_to t on t.company_id = s.company_id and t.id = s.ship_to_id
         where n.company_id = l.company_id and n.order_line_id = l.id and s.shipped_on + coalesce(t.transit_days, 1) <= l.first_promise) d on true
     where l.company_id = ${reach.companyId} and l.first_promise between ${reach.from}::date and least(${reach.to}::date, ${reach.today}::date - 1)
       and l.kind = 'stock' and l.ordered > 0 and ${within(reach, sql`o.warehouse_id`)}`,
}

/** A figure over first attempts, by line. */
const overLines = (numerator: Sql, denominator: Sql) => (reach: Reach) =>
  sql<Fact>`select a.day, a.order_id as id, a.line::text as place, (${numerator})::numeric as numerator, (${denominator})::numeric as denominator from ${attempts(reach)} a`

const FIRST =
  'The first attempt is the day of an order’s first shipment; an order of which nothing left is attempted on the day it was promised for.'

const lineFill: Kpi = {
  ...OF_ORDERS,
  id: 'line-fill',
  spec: 'K06',
  name: 'Line fill rate',
  formula: `Lines that the first attempt satisfied whole, by all lines attempted in the period. ${FIRST}`,
  unit: 'percent',
  grain: 'line',
  better: 'up',
  target: '96',
  warning: '92',
  owner: 'warehouse-supervisor',
  facts: overLines(sql`case when a.whole then 1 else 0 end`, sql`1`),
}

const unitFill: Kpi = {
  ...OF_ORDERS,
  id: 'unit-fill',
  spec: 'K05',
  name: 'Unit fill rate',
  formula: `Pieces that left at the first attempt, by all pieces that were asked for. ${FIRST}`,
  unit: 'percent',
  grain: 'unit',
  better: 'up',
  target: '97',
  warning: '94',
  owner: 'warehouse-supervisor',
  facts: overLines(sql`a.quantity`, sql`a.ordered`),
}

const orderFill: Kpi = {
  ...OF_ORDERS,
  id: 'order-fill',
  spec: 'K07',
  name: 'Order fill rate',
  formula: `Orders that the first attempt satisfied in every line, nothing sent instead of something else, by all orders attempted in the period. ${FIRST}`,
  unit: 'percent',
  grain: 'order',
  better: 'up',
  target: '90',
  warning: '85',
  owner: 'warehouse-supervisor',
  facts: (reach) =>
    sql<Fact>`select a.day, a.order_id as id, null::text as place, case when bool_and(a.whole and not a.substituted) then 1 else 0 end::numeric as numerator, 1::numeric as denominator
      from ${attempts(reach)} a group by a.day, a.order_id`,
}

const shortLines: Kpi = {
  ...OF_ORDERS,
  id: 'short-lines',
  spec: 'K22',
  name: 'Lines short at the first attempt',
  formula: `Lines of which something was missing at the first attempt, by all lines attempted in the period. ${FIRST}`,
  unit: 'percent',
  grain: 'line',
  better: 'down',
  target: '4',
  warning: '8',
  owner: 'stock-controller',
  facts: overLines(sql`case when a.whole then 0 else 1 end`, sql`1`),
}

/** An item counts as asked for when somebody ordered it in these days, or waits for it now. */
const ASKED_DAYS = 90

const itemsOut: Kpi = {
  id: 'items-out',
  spec: 'K22',
  version: 1,
  name: 'Items out of stock',
  formula:
    'Items of a warehouse of which nothing is free today, by those that somebody ordered there in the last 90 days or waits for now.',
  unit: 'percent',
  grain: 'item',
  better: 'down',
  target: '5',
  warning: '10',
  owner: 'stock-controller',
  needs: 'inventory.balance.read',
  of: 'catalog.item',
  kind: 'now',
  byWarehouse: true,
  facts: (reach) => sql<Fact>`
    with asked as materialized (
      select distinct l.item_id, o.warehouse_id from sales.v_order o join sales.v_order_line l on l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock'
       where o.company_id = ${reach.companyId} and o.state in ('confirmed', 'on_hold', 'closed') and ${within(reach, sql`o.warehouse_id`)}
         and (o.ordered_on > ${reach.today}::date - ${ASKED_DAYS}::int or (o.state <> 'closed' and l.ordered > l.shipped + l.cancelled))
    )
    select ${reach.today}::date as day, a.item_id as id, w.code as place, case when coalesce(s.free, 0) <= 0 then 1 else 0 end::numeric as numerator, 1::numeric as denominator
      from asked a join company.v_warehouse w on w.company_id = ${reach.companyId} and w.id = a.warehouse_id
      left join (select b.item_id, p.warehouse_id, sum(b.on_hand - b.reserved) as free from inventory.v_balance b
          join inventory.v_location p on p.company_id = b.company_id and p.id = b.location_id and p.kind = 'stock' and p.state = 'active'
         where b.company_id = ${reach.companyId} group by b.item_id, p.warehouse_id) s on s.item_id = a.item_id and s.warehouse_id = a.warehouse_id`,
}

export const SERVICE: readonly Kpi[] = [cycleTime, otif, lineFill, unitFill, orderFill, shortLines, itemsOut]
