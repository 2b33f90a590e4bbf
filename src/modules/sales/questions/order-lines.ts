// Order lines as a report, as they stand now or as they stood at the end of a day.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/**
 * `asOf` counts what had moved by the end of that business day: shipped from the stock moves, the promise from its
 * history. Cancelled and invoiced quantities are those of now.
 */
export const orderLines = query('sales.order-lines', {
  may: 'sales.order.read',
  title: 'Order lines',
  parameters: T.object({
    from: T.optional(T.date()),
    until: T.optional(T.date()),
    customer: T.optional(T.idOf('party.customer')),
    item: T.optional(T.idOf('catalog.item')),
    state: T.optional(T.choice(['draft', 'quoted', 'on_hold', 'confirmed', 'closed', 'cancelled'])),
    asOf: T.optional(T.date()),
    limit: T.optional(T.integer(1, 10_000)),
  }),
  see: { unit_cost: 'sales.order.see-margin', margin: 'sales.order.see-margin' },
  columns: {
    order_id: f.ref('sales.order'),
    number: f.code(),
    state: f.text(),
    ordered_on: f.date(),
    requested_on: f.date({ optional: true }),
    channel: f.text(),
    reference: f.text({ optional: true }),
    customer: f.code(),
    warehouse: f.code(),
    line: f.integer(),
    item: f.code(),
    requested_item: f.text({ optional: true }),
    description: f.text(),
    quantity: f.quantity(),
    unit: f.code(),
    ordered: f.quantity(),
    shipped: f.quantity(),
    cancelled: f.quantity(),
    invoiced: f.quantity(),
    returned: f.quantity(),
    credited: f.quantity(),
    price: f.price(),
    price_reason: f.text({ optional: true }),
    net: f.money(),
    tax_code: f.text(),
    currency: f.code(),
    first_promise: f.date({ optional: true }),
    promise: f.date({ optional: true }),
    unit_cost: f.price({ optional: true }),
    margin: f.money({ optional: true }),
  },
  build: (p, { companyId }) => sql`
    select o.id as order_id, o.number, o.state, o.ordered_on, o.requested_on, o.channel, o.customer_reference as reference, c.code as customer, w.code as warehouse, l.line, i.code as item,
           q.code as requested_item, l.description, l.quantity::text, l.unit, l.ordered::text, coalesce(m.shipped, l.shipped)::text as shipped, l.cancelled::text, l.invoiced::text,
           l.returned::text, l.credited::text, trim_scale(l.price)::text as price, l.price_reason, l.net::text, l.tax_code, o.currency, l.first_promise,
           case when ${p.asOf ?? null}::date is null then l.promise else h.promise end as promise,
           trim_scale(round(l.unit_cost, 6))::text as unit_cost, (l.net - round(l.unit_cost * l.ordered, 2))::text as margin
      from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id join catalog.v_item i on i.id = l.item_id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id join company.v_company b on b.id = o.company_id
      left join catalog.v_item q on q.id = l.requested_item_id
      left join lateral (
        select coalesce(sum(v.quantity), 0) as shipped from inventory.v_move v
         where v.company_id = l.company_id and v.source_line = l.id and v.item_id = l.item_id and v.event = 'shipped' and v.posting_date <= ${p.asOf ?? null}::date
      ) m on ${p.asOf ?? null}::date is not null and l.kind = 'stock'
      left join lateral (
        select r.promise from sales.promise r where r.company_id = l.company_id and r.order_line_id = l.id and (r.at at time zone b.time_zone)::date <= ${p.asOf ?? null}::date order by r.at desc, r.position desc limit 1
      ) h on ${p.asOf ?? null}::date is not null
     where o.company_id = ${companyId} and (${p.from ?? null}::date is null or o.ordered_on >= ${p.from ?? null}) and o.ordered_on <= coalesce(${p.until ?? null}::date, ${p.asOf ?? null}::date, 'infinity')
       and (${p.customer ?? null}::uuid is null or o.customer_id = ${p.customer ?? null}) and (${p.item ?? null}::uuid is null or l.item_id = ${p.item ?? null})
       and (${p.state ?? null}::text is null or o.state = ${p.state ?? null})
     order by o.ordered_on desc, o.id desc, l.line limit ${p.limit ?? 1000}`,
})
