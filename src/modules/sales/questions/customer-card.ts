// What whoever takes an order should know of the customer at a glance: terms, addresses, last orders, last prices (ORD-01).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Orders that are told, and how many of them are looked through for what he buys. */
const LATELY = 5
const LOOKED_THROUGH = 60
const ITEMS = 40

/**
 * One row. `addresses`: active delivery addresses. `orders`: the last ones. `items`: what he bought, latest first (a draft or
 * a quotation is not bought yet), with the unit, quantity and price of the last time and how often. Amounts are exact texts in the order's currency.
 */
export const customerCard = query('sales.customer-card', {
  may: 'sales.order.read',
  title: 'A customer at a glance, for whoever takes an order',
  parameters: T.object({ customer: T.idOf('party.customer') }),
  columns: {
    id: f.ref('party.customer'),
    code: f.code(),
    name: f.text(),
    state: f.text(),
    class: f.text(),
    group: f.text({ optional: true }),
    currency: f.code(),
    term: f.text(),
    reference_required: f.boolean(),
    takes_substitutes: f.boolean(),
    city: f.text({ optional: true }),
    phone: f.text({ optional: true }),
    tax_id: f.text({ optional: true }),
    open_orders: f.integer(),
    held_orders: f.integer(),
    addresses: f.json(),
    orders: f.json(),
    items: f.json(),
  },
  build: ({ customer }, { companyId }) => sql`
    with recent as materialized (
      select o.id, o.number, o.state, o.ordered_on, o.total, o.currency, o.customer_reference, o.created_at from sales.orders o
       where o.company_id = ${companyId} and o.customer_id = ${customer} order by o.created_at desc limit ${LOOKED_THROUGH}::int
    ), bought as (
      select l.item_id, (array_agg(l.unit order by r.created_at desc))[1] as unit, (array_agg(l.quantity order by r.created_at desc))[1] as quantity,
             (array_agg(l.price order by r.created_at desc))[1] as price, max(r.ordered_on) as last_on, count(distinct r.id) as times
        from recent r join sales.order_line l on l.company_id = ${companyId} and l.order_id = r.id where r.state in ('confirmed', 'on_hold', 'closed')
       group by l.item_id order by max(r.created_at) desc limit ${ITEMS}::int
    )
    select c.id, c.code, c.name, c.state, c.class, c.group_code as "group", c.currency, c.term_name as term, c.purchase_order_required as reference_required,
           c.consents_to_substitutes as takes_substitutes, p.city, p.phone, p.tax_id,
           (select count(*)::int from recent where state = 'confirmed') as open_orders, (select count(*)::int from recent where state = 'on_hold') as held_orders,
           coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'name', s.name, 'city', s.city, 'transit_days', s.transit_days) order by s.code)
             from party.v_ship_to s where s.company_id = ${companyId} and s.customer_id = c.id and s.state = 'active'), '[]'::jsonb) as addresses,
           coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'state', r.state, 'on', r.ordered_on, 'total', r.total::text, 'currency', r.currency,
               'reference', r.customer_reference) order by r.created_at desc) from (select * from recent order by created_at desc limit ${LATELY}::int) r), '[]'::jsonb) as orders,
           coalesce((select jsonb_agg(jsonb_build_object('id', b.item_id, 'code', i.code, 'name', i.name, 'unit', b.unit, 'quantity', trim_scale(b.quantity)::text,
               'price', trim_scale(b.price)::text, 'on', b.last_on, 'times', b.times) order by b.last_on desc, b.times desc, i.code)
             from bought b join catalog.v_item i on i.id = b.item_id), '[]'::jsonb) as items
      from party.v_customer c left join party.v_party p on p.id = c.id where c.company_id = ${companyId} and c.id = ${customer}`,
})
