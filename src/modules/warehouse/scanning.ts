// What a handheld keeps for work without a line: open shipments line by line with every code that their goods answer to.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { within } from './within.ts'

const MAY = 'warehouse.shipment.read'

/** One row a line of goods, lists in the order of their release, lines in that of the walk. `codes` are what a scan may say. */
export const scanLines = query('warehouse.scan-lines', {
  may: MAY,
  title: 'Open shipments line by line, with the codes of their goods',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    shipment_id: f.ref('warehouse.shipment'),
    shipment: f.code(),
    state: f.text(),
    steps: f.integer(),
    warehouse: f.code(),
    order_number: f.code(),
    customer: f.text(),
    line: f.integer(),
    item: f.code(),
    name: f.text(),
    unit: f.code(),
    lot: f.code({ optional: true }),
    location: f.code(),
    quantity: f.quantity(),
    picked: f.quantity(),
    short: f.quantity(),
    codes: f.json(),
  },
  build: ({ warehouse }, context) => {
    const { companyId } = context
    return sql`with open as materialized (
        select h.id, h.number, h.state, h.steps, h.created_at, w.code as warehouse, h.order_id, h.customer_id from warehouse.shipment h
          join company.v_warehouse w on w.company_id = h.company_id and w.id = h.warehouse_id
         where h.company_id = ${companyId} and h.state in ('released', 'picked', 'packed') and ${within(warehouse, context, MAY)}
         order by h.created_at, h.number limit 200
      )
      select h.id as shipment_id, h.number as shipment, h.state, h.steps, h.warehouse, o.number as order_number, c.name as customer, n.line, i.code as item, i.name, i.base_unit as unit,
             t.code as lot, l.code as location, trim_scale(n.quantity)::text as quantity, trim_scale(n.picked)::text as picked, trim_scale(n.short)::text as short,
             coalesce((select jsonb_agg(distinct x.code) from catalog.v_cross_reference x where x.item_id = n.item_id and x.party_id is null and (x.unit is null or x.unit = i.base_unit)), '[]'::jsonb) as codes
        from open h join warehouse.shipment_line n on n.company_id = ${companyId} and n.shipment_id = h.id
        join catalog.v_item i on i.id = n.item_id and i.kind = 'stock' join inventory.v_location l on l.company_id = ${companyId} and l.id = n.from_id
        join sales.v_order o on o.company_id = ${companyId} and o.id = h.order_id join party.v_customer c on c.company_id = ${companyId} and c.id = h.customer_id
        left join inventory.v_lot t on t.company_id = ${companyId} and t.id = n.lot_id
       order by h.created_at, h.number, l.pick_sequence, l.code, n.line`
  },
})

/** The item that a scanned code means, for goods that come in: by its own code or one without a party. Nothing when unknown. */
export const scanItem = query('warehouse.scan-item', {
  may: 'warehouse.receipt.read',
  title: 'The item that a scanned code means',
  parameters: T.object({ code: { ...T.text(60), minLength: 1 } }),
  columns: {
    item: f.code(),
    name: f.text(),
    unit: f.code(),
    tracking: f.text(),
    weight_grams: f.quantity(),
  },
  build: ({
    code,
  }) => sql`select i.code as item, i.name, i.base_unit as unit, i.tracking, trim_scale(i.weight_grams)::text as weight_grams from catalog.v_item i
    where i.kind = 'stock' and (i.code = upper(${code}) or i.code = ${code} or i.id in (select x.item_id from catalog.v_cross_reference x where x.party_id is null and x.scope in ('gtin', 'legacy', 'manufacturer')
      and (x.code = ${code} or (x.scope = 'gtin' and lpad(x.code, 14, '0') = lpad(${code}, 14, '0'))) and (x.unit is null or x.unit = i.base_unit)))
    order by i.code limit 2`,
})
