// What of an order can still come back, and what waits for inspection.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Lines of an order with what was shipped, is back, is on its way back, and until when each reason lets it come. */
export const returnable = query('returns.returnable', {
  may: 'returns.rma.read',
  title: 'What can come back of an order',
  parameters: T.object({ order: T.idOf('sales.order') }),
  columns: {
    order_line: f.ref('sales.order-line'),
    line: f.integer(),
    item: f.code(),
    description: f.text(),
    shipped: f.quantity(),
    returned: f.quantity(),
    authorised: f.quantity(),
    possible: f.quantity(),
    shipped_on: f.date({ optional: true }),
    until: f.json({ optional: true }),
  },
  build: ({ order }, { companyId }) => sql`
    select l.id as order_line, l.line, i.code as item, l.description, l.shipped, l.returned, coalesce(w.waiting, 0) as authorised, l.shipped - l.returned - coalesce(w.waiting, 0) as possible, s.shipped_on,
           (select jsonb_object_agg(r.code, s.shipped_on + r.window_days) from returns.reason r where r.company_id = ${companyId} and r.state = 'active') as until
      from sales.v_order_line l join catalog.v_item i on i.id = l.item_id
      left join lateral (select sum(n.quantity - n.received) as waiting from returns.rma_line n join returns.rma h on h.company_id = n.company_id and h.id = n.rma_id and h.state in ('authorised', 'received')
           where n.company_id = ${companyId} and n.order_line_id = l.id) w on true
      left join lateral (select max(h.shipped_on) as shipped_on from warehouse.v_shipment_line n join warehouse.v_shipment h on h.company_id = n.company_id and h.id = n.shipment_id and h.state = 'shipped'
           where n.company_id = ${companyId} and n.order_line_id = l.id) s on true
     where l.company_id = ${companyId} and l.order_id = ${order} and l.kind = 'stock' order by l.line`,
})

/** Returns with goods that nobody has decided on, the oldest first. */
export const toInspect = query('returns.to-inspect', {
  may: 'returns.rma.read',
  title: 'Returns to inspect',
  parameters: T.object({ warehouse: T.optional(T.idOf('company.warehouse')) }),
  columns: {
    id: f.ref('returns.rma'),
    number: f.code(),
    warehouse_id: f.ref('company.warehouse'),
    customer: f.code(),
    reason: f.text({ optional: true }),
    days: f.integer(),
    lines: f.integer(),
  },
  build: ({ warehouse }, { companyId, today }) => sql`
    select h.id, h.number, h.warehouse_id, c.code as customer, r.name as reason, ${today}::date - h.authorised_on as days, count(*)::int as lines
      from returns.rma h join returns.rma_line n on n.company_id = h.company_id and n.rma_id = h.id and n.received > n.restocked + n.quarantined + n.scrapped + n.rejected
      join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id join returns.reason r on r.company_id = h.company_id and r.code = h.reason_code
     where h.company_id = ${companyId} and h.state = 'received' and (${warehouse ?? null}::uuid is null or h.warehouse_id = ${warehouse ?? null}::uuid)
     group by h.id, h.number, h.warehouse_id, c.code, r.name, h.authorised_on, h.created_at order by h.created_at limit 500`,
})
