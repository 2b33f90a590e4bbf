// A recall in one question: from whom a lot came and to which customers it went, with the papers (INV-08).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Rows 'received', 'shipped' and 'in stock' with partner, paper and quantity in base units. */
export const trace = query('warehouse.trace', {
  may: 'inventory.lot.read',
  title: 'From whom a lot came and who has it',
  parameters: T.object({ lot: T.ref('inventory.lot'), item: T.optional(T.ref('catalog.item')) }),
  columns: {
    step: f.integer(),
    what: f.text(),
    item: f.code(),
    lot: f.code({ optional: true }),
    day: f.date({ optional: true }),
    partner: f.text({ optional: true }),
    partner_name: f.text({ optional: true }),
    paper: f.text({ optional: true }),
    quantity: f.quantity(),
  },
  build: ({ lot, item }, { companyId }) => sql`with lot as (
      select t.id, t.code as lot, i.id as item_id, i.code as item from inventory.v_lot t join catalog.v_item i on i.id = t.item_id
       where t.company_id = ${companyId} and (t.code = ${lot} or t.id::text = ${lot}) and (${item ?? null}::text is null or i.code = ${item ?? null} or i.id::text = ${item ?? null})
    )
    select 1 as step, 'received' as what, t.item, t.lot, r.received_on as day, s.code as partner, s.name as partner_name, r.number as paper, trim_scale(n.quantity)::text as quantity
      from lot t join warehouse.receipt_line n on n.company_id = ${companyId} and n.lot_id = t.id and n.item_id = t.item_id
      join warehouse.receipt r on r.company_id = n.company_id and r.id = n.receipt_id and r.state = 'posted' left join party.v_supplier s on s.company_id = r.company_id and s.id = r.supplier_id
    union all
    select 2, 'shipped', t.item, t.lot, h.shipped_on, c.code, c.name, h.number, trim_scale(n.picked)::text
      from lot t join inventory.v_move m on m.company_id = ${companyId} and m.lot_id = t.id and m.source = 'warehouse.shipment' and m.event = 'shipped'
      join warehouse.shipment h on h.company_id = m.company_id and h.id = m.source_id join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id
      join warehouse.shipment_line n on n.company_id = m.company_id and n.id = m.id
    union all
    select 3, 'in stock', t.item, t.lot, null, w.code, l.name, l.code, trim_scale(b.on_hand)::text
      from lot t join inventory.v_balance b on b.company_id = ${companyId} and b.lot_id = t.id and b.on_hand <> 0
      join inventory.v_location l on l.company_id = b.company_id and l.id = b.location_id left join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
     order by 1, 5, 8`,
})
