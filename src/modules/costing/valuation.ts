// What the stock is worth, now or at the end of any day, by replaying the valuations since (INV-14, INV-16).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Values in the company's currency, quantities in base units; the average is for reading and never for reckoning. */
export const valuation = query('costing.valuation', {
  may: 'costing.valuation.read',
  title: 'Value of the stock by item, today or on a day',
  parameters: T.object({ item: T.optional(T.ref('catalog.item')), on: T.optional(T.date()) }),
  columns: {
    item: f.code(),
    name: f.text(),
    method: f.text(),
    quantity: f.quantity(),
    value: f.money(),
    average: f.price({ optional: true }),
  },
  build: ({ item, on }, { companyId }) => {
    const only =
      item === undefined
        ? sql``
        : sql` and c.item_id in (select i.id from catalog.v_item i where i.code = ${item} or i.id::text = ${item})`
    const since =
      on === undefined
        ? sql``
        : sql` union all select c.item_id, -c.quantity, -c.value from costing.valuation c where c.company_id = ${companyId} and c.posting_date > ${on}::date${only}`
    return sql`with stand as (select c.item_id, c.quantity, c.value from costing.item_cost c where c.company_id = ${companyId}${only}${since}),
      summed as (select item_id, sum(quantity) as quantity, sum(value) as value from stand group by item_id having sum(quantity) <> 0 or sum(value) <> 0)
      select i.code as item, i.name, i.costing as method, trim_scale(s.quantity)::text as quantity, s.value::text as value, round(s.value / nullif(s.quantity, 0), 4)::text as average
        from summed s join catalog.v_item i on i.id = s.item_id order by i.code`
  },
})
