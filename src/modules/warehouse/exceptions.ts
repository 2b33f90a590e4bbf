// What somebody in the warehouse must look after: goods not found, goods to bring back, shipments that stand still (WMS-12).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { within } from './within.ts'

const MAY = 'warehouse.shipment.read'

/** Hours after which a list that nobody touches is shown. */
const STANDS_STILL_HOURS = 24

export const exceptions = query('warehouse.exceptions', {
  may: MAY,
  title: 'Shortages, put-backs and shipments that stand still',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    kind: f.text(),
    warehouse: f.code(),
    since: f.instant({ optional: true }),
    shipment_id: f.ref('warehouse.shipment', { optional: true }),
    shipment: f.text({ optional: true }),
    item: f.code({ optional: true }),
    lot: f.code({ optional: true }),
    location: f.code({ optional: true }),
    quantity: f.quantity({ optional: true }),
    reason: f.text({ optional: true }),
    resolve: f.text({ optional: true }),
  },
  build: (asked, context) => sql`with found as (
      select 'shortage' as kind, b.warehouse_id, b.raised_at as since, b.shipment_id, b.item_id, b.lot_id, b.place_id, b.quantity, b.reason, 'Count the place and post the difference' as resolve
        from (select warehouse_id, reported_at as raised_at, shipment_id, item_id, lot_id, bin_id as place_id, quantity, reason from warehouse.shortage where company_id = ${context.companyId} and settled_at is null) b
      union all
      select 'put-back', p.warehouse_id, p.raised_at, p.shipment_id, p.item_id, p.lot_id, p.from_id, p.quantity, p.reason, 'Bring the goods back and confirm it'
        from warehouse.put_back p where p.company_id = ${context.companyId} and p.done_at is null
      union all
      select 'stands-still', s.warehouse_id, s.updated_at, s.id, null, null, null, null, 'It is ' || s.state, 'Pick, pack and ship it, or cancel it'
        from warehouse.shipment s where s.company_id = ${context.companyId} and s.state in ('released', 'picked', 'packed')
         and s.updated_at < ${context.now}::timestamptz - make_interval(hours => ${STANDS_STILL_HOURS})
    )
    select h.kind, w.code as warehouse, h.since, s.id as shipment_id, s.number as shipment, i.code as item, t.code as lot, l.code as location, trim_scale(h.quantity)::text as quantity, h.reason, h.resolve
      from found h join company.v_warehouse w on w.company_id = ${context.companyId} and w.id = h.warehouse_id join warehouse.shipment s on s.company_id = w.company_id and s.id = h.shipment_id
      left join catalog.v_item i on i.id = h.item_id left join inventory.v_location l on l.company_id = w.company_id and l.id = h.place_id
      left join inventory.v_lot t on t.company_id = w.company_id and t.id = h.lot_id
     where ${within(asked.warehouse, context, MAY)} order by h.since, s.number`,
})
