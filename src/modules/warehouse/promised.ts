// Which order holds which stock, for whom, since when, and the smallest thing that would free it (INV-05).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { within } from './within.ts'

const MAY = 'inventory.reservation.read'

export const promised = query('warehouse.promised', {
  may: MAY,
  title: 'Which order holds which stock, and what would free it',
  parameters: T.object({ item: T.ref('catalog.item'), warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    order_number: f.code(),
    order_id: f.ref('sales.order'),
    line: f.integer(),
    customer: f.code(),
    customer_name: f.text(),
    warehouse: f.code(),
    location: f.code(),
    kind: f.text(),
    lot: f.code({ optional: true }),
    quantity: f.quantity(),
    reason: f.text(),
    since: f.instant(),
    promise: f.text({ optional: true }),
    shipment: f.text({ optional: true }),
    freed_by: f.text(),
  },
  build: (
    asked,
    context,
  ) => sql`select o.number as order_number, o.id as order_id, n.line, c.code as customer, c.name as customer_name, w.code as warehouse, l.code as location, l.kind, t.code as lot,
      trim_scale(r.quantity)::text as quantity, r.reason, r.created_at as since, n.promise::text as promise, h.number as shipment,
      case when l.kind = 'stock' and h.id is null then 'Lower, cancel or unallocate line ' || n.line || ' of ' || o.number
           else 'Ship ' || h.number || ', or cancel it and then change ' || o.number end as freed_by
    from inventory.v_reservation r join catalog.v_item i on i.id = r.item_id join inventory.v_location l on l.company_id = r.company_id and l.id = r.location_id
    join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
    left join sales.v_order_line n on n.company_id = r.company_id and n.id = r.source_line left join sales.v_order o on o.company_id = n.company_id and o.id = n.order_id
    left join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id left join inventory.v_lot t on t.company_id = r.company_id and t.id = r.lot_id
    left join lateral (select s.id, s.number from warehouse.shipment_line d join warehouse.shipment s on s.company_id = d.company_id and s.id = d.shipment_id and s.state in ('released', 'picked', 'packed')
       where d.company_id = r.company_id and d.order_line_id = r.source_line order by s.created_at limit 1) h on true
   where r.company_id = ${context.companyId} and (i.code = ${asked.item} or i.id::text = ${asked.item}) and ${within(asked.warehouse, context, MAY)}
   order by r.created_at, o.number, n.line`,
})
