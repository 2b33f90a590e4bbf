// Where money leaks between list and pocket: prices given by hand, by whom and why, and agreements that had ended (PRC-09).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/**
 * By person and reason, or one row with neither for prices from the rules: lines, their value at list, as found and as
 * charged in the order's currency, and how often an ended agreement was honoured. Cancelled orders and drafts are left out.
 */
export const marginLeakage = query('sales.margin-leakage', {
  may: 'sales.order.see-margin',
  title: 'Margin leakage: from list to pocket',
  parameters: T.object({ from: T.date(), until: T.date() }),
  columns: {
    user: f.ref('access.account', { optional: true }),
    reason: f.text({ optional: true }),
    currency: f.code(),
    lines: f.integer(),
    list: f.money({ optional: true }),
    found: f.money({ optional: true }),
    charged: f.money({ optional: true }),
    given_by_rules: f.money({ optional: true }),
    given_by_hand: f.money({ optional: true }),
    pocket: f.money({ optional: true }),
    expired_forced: f.integer(),
    expired: f.integer(),
  },
  build: (p, { companyId }) => sql`with line as (
      select l.price_by, l.price_reason, o.currency, l.net, l.price, l.resolved_price, l.quantity, l.unit_cost * l.ordered as cost,
             coalesce((select (t ->> 'base')::numeric from jsonb_array_elements(l.price_trace) t where t ->> 'kind' = 'list' and t ->> 'says' = 'sets the base' limit 1), l.resolved_price) as list_price,
             exists (select from jsonb_array_elements(l.price_trace) t where t ->> 'says' = 'expired') as expired
        from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id
       where o.company_id = ${companyId} and o.ordered_on between ${p.from}::date and ${p.until}::date and o.state in ('on_hold', 'confirmed', 'closed')
    )
    select price_by as "user", price_reason as reason, currency, count(*)::int as lines, sum(round(list_price * quantity, 2))::text as list,
           sum(round(resolved_price * quantity, 2))::text as found, sum(net)::text as charged, sum(round(list_price * quantity, 2) - round(resolved_price * quantity, 2))::text as given_by_rules,
           sum(round(resolved_price * quantity, 2) - net)::text as given_by_hand, (sum(net) - sum(round(cost, 2)))::text as pocket,
           count(*) filter (where expired and price_by is not null)::int as expired_forced, count(*) filter (where expired)::int as expired
      from line group by price_by, price_reason, currency order by sum(round(resolved_price * quantity, 2) - net) desc nulls last, lines desc`,
})
