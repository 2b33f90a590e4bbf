// What would hold an order that is still being typed: credit, a look-alike, an address; shown before it happens (ORD-04, CRD-02).

import { type CreditDemand, overLimit } from '#credit'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

const NOT_SAVED = '00000000-0000-0000-0000-000000000000'
/** As confirming looks for look-alikes, where the company's settings say nothing else. */
const ALIKE_DAYS = 2
const ALIKE_PERCENT = 5

/**
 * One row a hold, with the figures behind it. `amount` is what the order comes to with tax, in the customer's currency;
 * `order` a draft that is saved already, whose items are compared too. Prices and margins are told line by line
 * (`sales.desk-lines`). A forecast without locks: confirming looks again.
 */
export const deskHolds = query('sales.desk-holds', {
  may: 'sales.order.draft',
  title: 'What would hold this order',
  see: { detail: 'credit.account.read' },
  parameters: T.object({
    customer: T.idOf('party.customer'),
    amount: T.money(),
    order: T.optional(T.idOf('sales.order')),
    shipTo: T.optional(T.idOf('party.ship-to')),
    reference: T.optional(T.text(60)),
  }),
  columns: {
    kind: f.text(),
    role: f.text(),
    reason: f.text(),
    detail: f.json({ optional: true }),
  },
  build: ({ customer, amount, order, shipTo, reference }, context) => {
    const { companyId, today } = context
    const asked = sql<CreditDemand>`select ${order ?? NOT_SAVED}::uuid as order_id, ${customer}::uuid as customer_id, ${amount}::numeric as amount`
    return sql`
      with alike as (
        select d.number, d.id, 'same customer order number ' || d.customer_reference as why from sales.orders d
         where d.company_id = ${companyId} and d.customer_id = ${customer} and d.customer_reference = ${reference ?? ''} and d.customer_reference <> ''
           and d.id <> ${order ?? NOT_SAVED} and d.state in ('on_hold', 'confirmed', 'closed')
        union
        select d.number, d.id, case when d.content_hash = a.content_hash then 'same content' else 'same items for about the same total' end
          from sales.orders a join company.v_company b on b.id = a.company_id
          join sales.orders d on d.company_id = a.company_id and d.customer_id = a.customer_id and d.items_hash = a.items_hash and d.id <> a.id
           and d.ordered_on between a.ordered_on - coalesce((b.settings ->> 'duplicate_days')::int, ${ALIKE_DAYS}::int) and a.ordered_on
         where a.company_id = ${companyId} and a.id = ${order ?? NOT_SAVED} and a.confirmed_at is null and (d.created_at, d.id) < (a.created_at, a.id)
           and d.state in ('on_hold', 'confirmed', 'closed') and (a.customer_reference is null or d.customer_reference is null)
           and (d.content_hash = a.content_hash or abs(d.total - a.total) <= a.total * coalesce((b.settings ->> 'duplicate_percent')::numeric, ${ALIKE_PERCENT}::numeric) / 100)
      )
      select 'credit' as kind, 'credit-officer' as role, c.reason, c.exposure as detail from ${overLimit(companyId, { now: context.now, today }, asked)} c
      union all
      select 'duplicate', 'sales-manager', 'Looks like ' || string_agg(number || ': ' || why, ', ' order by number),
             jsonb_build_object('orders', jsonb_agg(jsonb_build_object('number', number, 'id', id, 'why', why) order by number)) from alike having count(*) > 0
      union all
      select 'address', 'data-steward', 'Ship-to ' || s.code || ' is closed', jsonb_build_object('shipTo', s.code) from party.v_ship_to s
       where s.company_id = ${companyId} and s.id = ${shipTo ?? null}::uuid and s.state <> 'active'`
  },
})
