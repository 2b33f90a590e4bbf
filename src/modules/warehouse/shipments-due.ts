// What must leave next: shipments that are not out yet, by the date promised to the customer.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { within } from './within.ts'

const MAY = 'warehouse.shipment.read'

/** `late` counts the days by which the earliest promise of the shipment has passed; nothing when it has not. */
export const shipmentsDue = query('warehouse.shipments-due', {
  may: MAY,
  title: 'Shipments that must leave, by promise',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')), until: T.optional(T.date()) }),
  columns: {
    warehouse: f.code(),
    shipment_id: f.ref('warehouse.shipment'),
    shipment: f.text(),
    state: f.text(),
    order_number: f.code(),
    customer: f.code(),
    promise: f.text({ optional: true }),
    late: f.integer({ optional: true }),
    lines: f.integer(),
    released_at: f.instant({ optional: true }),
  },
  build: (
    asked,
    context,
  ) => sql`select w.code as warehouse, h.id as shipment_id, h.number as shipment, h.state, o.number as order_number, c.name as customer, p.promise::text as promise,
      greatest(${context.today}::date - p.promise, 0) as late, p.lines, h.created_at as released_at
    from warehouse.shipment h join company.v_warehouse w on w.company_id = h.company_id and w.id = h.warehouse_id
    join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id
    cross join lateral (select min(d.promise) as promise, count(*)::int as lines from warehouse.shipment_line n join sales.v_order_line d on d.company_id = n.company_id and d.id = n.order_line_id
       where n.company_id = h.company_id and n.shipment_id = h.id) p
   where h.company_id = ${context.companyId} and h.state in ('released', 'picked', 'packed') and ${within(asked.warehouse, context, MAY)}
     and (${asked.until ?? null}::date is null or p.promise <= ${asked.until ?? null}::date)
   order by p.promise nulls last, h.created_at, h.number`,
})
