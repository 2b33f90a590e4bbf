// Orders that were held because they look like another one, with the other one beside them (ORD-08).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

export const duplicates = query('sales.duplicates', {
  may: 'sales.order.read',
  title: 'Orders that look alike',
  parameters: T.object({ from: T.optional(T.date()), limit: T.optional(T.integer(1, 5000)) }),
  columns: {
    order_id: f.ref('sales.order'),
    number: f.code(),
    channel: f.text(),
    reference: f.text({ optional: true }),
    total: f.money(),
    currency: f.code(),
    ordered_on: f.date(),
    customer: f.code(),
    looks_like: f.text({ optional: true }),
    looks_like_id: f.text({ optional: true }),
    why: f.text({ optional: true }),
    other_channel: f.text({ optional: true }),
    other_state: f.text({ optional: true }),
    other_total: f.money({ optional: true }),
    decision: f.text({ optional: true }),
  },
  build: (p, { companyId }) => sql`
    select h.order_id, o.number, o.channel, o.customer_reference as reference, o.total::text, o.currency, o.ordered_on, c.code as customer, t ->> 'number' as looks_like, (t ->> 'id') as looks_like_id,
           t ->> 'why' as why, d.channel as other_channel, d.state as other_state, d.total::text as other_total,
           case when h.released_at is not null then 'let go: ' || coalesce(h.release_reason, '') when h.voided_at is not null then 'no longer' else 'open' end as decision
      from sales.hold h join sales.orders o on o.company_id = h.company_id and o.id = h.order_id join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
      cross join lateral jsonb_array_elements(h.detail -> 'orders') t left join sales.orders d on d.company_id = h.company_id and d.id = (t ->> 'id')::uuid
     where h.company_id = ${companyId} and h.kind = 'duplicate' and (${p.from ?? null}::date is null or o.ordered_on >= ${p.from ?? null})
     order by h.raised_at desc, o.number, t ->> 'number' limit ${p.limit ?? 500}`,
})
