// Before an order is confirmed: it has lines, its quotation is still valid, and its prices are still today's.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { priced } from '#pricing'
import { refuse } from '../refusals.ts'

type Problem = {
  code: 'ORDER_EMPTY' | 'QUOTE_EXPIRED' | 'CUSTOMER_NOT_ACTIVE' | 'REFERENCE_NEEDED' | 'PRICE_CHANGED'
  number: string
  validUntil: string
  customer: string
  state: string
  item: string
  was: string
  now: string
}

/**
 * Refuses ORDER_EMPTY, QUOTE_EXPIRED, CUSTOMER_NOT_ACTIVE, REFERENCE_NEEDED and PRICE_CHANGED. A quotation keeps its
 * prices while it is valid; a draft's prices are resolved again, prices given by hand left alone. Returns the minimum
 * remaining lives (days) that the customers ask for, which reserving needs to know.
 */
export async function checkBefore(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'today'>,
  set: Sql<{ id: string }>,
): Promise<{ lives: readonly number[] }> {
  const { companyId, today } = call
  const looked = await call.tx.first(sql<{
    problem: Problem | null
    lives: number[] | null
  }>`with asked as materialized (
      select o.id, o.number, o.state, o.valid_until, o.customer_id, o.currency, o.customer_reference, c.group_code, c.state as standing, c.code as customer,
             c.purchase_order_required, c.min_remaining_life_days as life
        from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
    ), line as materialized (
      select l.id, a.number, l.ordered, l.unit_num, l.unit_den, l.unit_cost, l.resolved_price, l.item_id, a.customer_id, a.group_code, a.currency, i.category_id, i.code as item
        from asked a join sales.order_line l on l.company_id = ${companyId} and l.order_id = a.id join catalog.v_item i on i.id = l.item_id
       where a.state = 'draft' and l.price_reason is null
    ), problem as (
      select 'ORDER_EMPTY' as code, number, null as "validUntil", customer, standing as state, null as item, null as was, null as now from asked a
       where not exists (select from sales.order_line l where l.company_id = ${companyId} and l.order_id = a.id)
      union all
      select 'QUOTE_EXPIRED', number, valid_until::text, customer, standing, null, null, null from asked where state = 'quoted' and valid_until < ${today}::date
      union all
      select 'CUSTOMER_NOT_ACTIVE', number, null, customer, standing, null, null, null from asked where standing <> 'active'
      union all
      select 'REFERENCE_NEEDED', number, null, customer, standing, null, null, null from asked where purchase_order_required and coalesce(customer_reference, '') = ''
      union all
      select 'PRICE_CHANGED', l.number, null, null, null, l.item, trim_scale(l.resolved_price)::text, p.price::text
        from line l join ${priced(companyId, today, sql`select id as line, customer_id, item_id, category_id, group_code, currency, ordered as quantity, unit_num, unit_den, unit_cost from line`)} p
          on p.line = l.id where p.price is distinct from l.resolved_price
    )
    select (select to_jsonb(p) from problem p limit 1) as problem, (select array_agg(distinct life order by life) from asked where life > 0) as lives`)
  if (looked?.problem) refuse(looked.problem.code, looked.problem)
  return { lives: looked?.lives ?? [] }
}
