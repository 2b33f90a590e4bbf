// The board of a warehouse: orders that could be released, and every shipment from list to truck, with what left today.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { waiting } from './shipment/waiting.ts'
import { within } from './within.ts'

const MAY = 'warehouse.shipment.read'

/** Cards of each stage at most: who has more of them works through the lists. */
const MOST = 400

/**
 * One row a card. `stage` is waiting (an order with stock promised to it and on no list), released, picked, packed, or
 * shipped (today). `late` counts the days by which the earliest promise has passed.
 */
export const board = query('warehouse.board', {
  may: MAY,
  title: 'What waits to be released, and where every shipment stands',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    stage: f.text(),
    order_id: f.ref('sales.order'),
    order_number: f.code(),
    shipment_id: f.ref('warehouse.shipment', { optional: true }),
    shipment: f.code({ optional: true }),
    customer: f.text(),
    warehouse: f.code(),
    steps: f.integer(),
    promise: f.text({ optional: true }),
    late: f.integer({ optional: true }),
    lines: f.integer(),
    open: f.integer(),
    short: f.integer(),
    carrier: f.text({ optional: true }),
    since: f.instant({ optional: true }),
  },
  build: ({ warehouse }, context) => {
    const { companyId, today } = context
    const mine = within(warehouse, context, MAY)
    return sql`with confirmed as materialized (
        select o.id, o.number, o.customer_id, o.confirmed_at, w.code as warehouse, w.outbound_steps, w.reserve_at from sales.v_order o
          join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
         where o.company_id = ${companyId} and o.state = 'confirmed' and ${mine}
      ), ready as materialized (
        select r.order_id, count(distinct r.order_line_id)::int as lines
          from ${waiting(companyId, sql`select id from confirmed`)} r where r.quantity > 0 group by r.order_id
      ), wanted as (
        select c.*, coalesce(r.lines, 0) as lines, p.promise from confirmed c left join ready r on r.order_id = c.id
          cross join lateral (select min(d.promise) as promise from sales.v_order_line d where d.company_id = ${companyId} and d.order_id = c.id and d.ordered > d.shipped + d.cancelled) p
         where r.lines > 0 or (c.reserve_at = 'release' and exists (select from sales.v_order_line d where d.company_id = ${companyId} and d.order_id = c.id and d.ordered > d.shipped + d.cancelled)
           and not exists (select from warehouse.shipment h where h.company_id = ${companyId} and h.order_id = c.id and h.state in ('released', 'picked', 'packed')))
      ), card as (
        select 'waiting' as stage, o.id as order_id, o.number as order_number, null::uuid as shipment_id, null::text as shipment, o.customer_id, o.warehouse, o.outbound_steps as steps,
               o.promise, o.lines, 0 as open, 0 as short, null::text as carrier, o.confirmed_at as since from wanted o
        union all
        select h.state, o.id, o.number, h.id, h.number, h.customer_id, w.code, h.steps, p.promise, p.lines, p.open, p.short, h.carrier, h.updated_at
          from warehouse.shipment h join company.v_warehouse w on w.company_id = h.company_id and w.id = h.warehouse_id
          join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id
          cross join lateral (select min(d.promise) as promise, count(*)::int as lines, (count(*) filter (where n.quantity > n.picked + n.short))::int as open, (count(*) filter (where n.short > 0))::int as short
            from warehouse.shipment_line n join sales.v_order_line d on d.company_id = n.company_id and d.id = n.order_line_id where n.company_id = h.company_id and n.shipment_id = h.id) p
         where h.company_id = ${companyId} and ${mine} and (h.state in ('released', 'picked', 'packed') or (h.state = 'shipped' and h.shipped_on = ${today}::date))
      ), ranked as (
        select c.*, row_number() over (partition by stage order by promise nulls last, since, order_number, shipment) as place from card c
      )
      select r.stage, r.order_id, r.order_number, r.shipment_id, r.shipment, c.name as customer, r.warehouse, r.steps, r.promise::text as promise,
             case when r.stage = 'shipped' then null else greatest(${today}::date - r.promise, 0) end as late, r.lines, r.open, r.short, r.carrier, r.since
        from ranked r join party.v_customer c on c.company_id = ${companyId} and c.id = r.customer_id where r.place <= ${MOST}
       order by array_position(array['waiting', 'released', 'picked', 'packed', 'shipped'], r.stage), r.place`
  },
})
