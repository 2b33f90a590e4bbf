// The queue of a warehouse: what is to be picked, oldest list first, bins in the order of the walk (WMS-05).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { within } from './within.ts'

const MAY = 'warehouse.shipment.read'

export const picks = query('warehouse.picks', {
  may: MAY,
  title: 'What is to be picked, in walking order',
  parameters: T.object({
    warehouse: T.optional(T.ref('company.warehouse')),
    shipment: T.optional(T.idOf('warehouse.shipment')),
  }),
  columns: {
    warehouse: f.code(),
    shipment_id: f.ref('warehouse.shipment'),
    shipment: f.text(),
    order_number: f.code(),
    customer: f.code(),
    line: f.integer(),
    item: f.code(),
    name: f.text(),
    lot: f.code({ optional: true }),
    location: f.code(),
    pick_sequence: f.integer({ optional: true }),
    quantity: f.quantity(),
    unit: f.code(),
    released_at: f.instant({ optional: true }),
  },
  build: (
    asked,
    context,
  ) => sql`select w.code as warehouse, h.id as shipment_id, h.number as shipment, o.number as order_number, c.name as customer, n.line, i.code as item, i.name, t.code as lot,
      l.code as location, l.pick_sequence, trim_scale(n.quantity - n.picked - n.short)::text as quantity, i.base_unit as unit, h.created_at as released_at
    from warehouse.shipment h join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id and n.quantity > n.picked + n.short
    join inventory.v_location l on l.company_id = n.company_id and l.id = n.from_id join catalog.v_item i on i.id = n.item_id and i.kind = 'stock'
    join company.v_warehouse w on w.company_id = h.company_id and w.id = h.warehouse_id join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id
    join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id
    left join inventory.v_lot t on t.company_id = n.company_id and t.id = n.lot_id
   where h.company_id = ${context.companyId} and h.state = 'released' and ${within(asked.warehouse, context, MAY)}
     and (${asked.shipment ?? null}::uuid is null or h.id = ${asked.shipment ?? null}::uuid)
   order by w.code, h.created_at, h.number, l.pick_sequence, l.code, n.line`,
})
