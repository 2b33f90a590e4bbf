// Why a price is what it is: the waterfall for a customer, an item, a quantity and a day, as an order would get it.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { marginFloor } from '../limits.ts'
import { type PriceDemand, priced } from '../price.ts'

/**
 * `quantity` is in `unit` (the item's sales unit without it); `day` is today without it. One row, or none for an unknown
 * customer, item or unit. `margin_percent` and `floor_percent` need the permission to see margins.
 */
export const why = query('pricing.why', {
  may: 'pricing.why',
  title: 'Why is this the price?',
  parameters: T.object({
    customer: T.ref('party.customer'),
    item: T.ref('catalog.item'),
    quantity: T.quantity(),
    unit: T.optional(T.code()),
    currency: T.optional(T.text(3)),
    day: T.optional(T.date()),
  }),
  see: {
    margin_percent: 'pricing.why.see-margin',
    floor_percent: 'pricing.why.see-margin',
    unit_cost: 'pricing.why.see-margin',
  },
  columns: {
    customer: f.code(),
    item: f.code(),
    unit: f.code(),
    base_quantity: f.quantity(),
    currency: f.code(),
    price: f.price({ optional: true }),
    list_price: f.price({ optional: true }),
    trace: f.json({ optional: true }),
    expired_agreement: f.boolean({ optional: true }),
    unit_cost: f.price({ optional: true }),
    margin_percent: f.percent({ optional: true }),
    floor_percent: f.percent({ optional: true }),
  },
  build: (given, context) => {
    const companyId = context.companyId
    const demand = sql<PriceDemand>`select 1 as line, customer_id, item_id, category_id, group_code, currency, quantity, unit_num, unit_den, unit_cost from asked`
    return sql`
      with asked as materialized (
        select c.id as customer_id, c.code as customer, c.group_code, coalesce(${given.currency ?? null}, c.currency) as currency, i.id as item_id,
            i.code as item, i.category_id, i.standard_cost as unit_cost, u.unit, ${given.quantity}::numeric * u.num / u.den as quantity,
            u.num as unit_num, u.den as unit_den
          from party.v_customer c
          join catalog.v_item i on upper(i.code) = upper(${given.item}) or i.id::text = ${given.item}
          join catalog.v_item_unit u on u.item_id = i.id and u.unit = coalesce(${given.unit ?? null}, i.sales_unit)
         where c.company_id = ${companyId} and (upper(c.code) = upper(${given.customer}) or c.id::text = ${given.customer})
      )
      select a.customer, a.item, a.unit, trim_scale(a.quantity) as base_quantity, a.currency, p.price, p.list_price, p.trace, p.expired_agreement, a.unit_cost,
          round(100 - 100 * a.unit_cost * a.unit_num / a.unit_den / nullif(p.price, 0), 2) as margin_percent, f.percent as floor_percent
        from asked a
        cross join ${priced(companyId, given.day ?? context.today, demand)} p
        cross join ${marginFloor(companyId, sql`select 1 as line, category_id from asked`)} f`
  },
})
