// Order lines with their price, tax and cost, made by one statement for any number of orders and lines.
import type { Call } from '#kernel/command'
import { relation, type Sql, sql } from '#kernel/db'
import { discountLimit, priced } from '#pricing'
import { taxed } from '#tax'
import { refuse } from '../refusals.ts'

/** One line as a verb wants it. `price` is given by hand, per `unit`; without it the price is resolved. */
export type WantedLine = {
  id: string
  orderId: string
  line: number
  itemId: string
  quantity: string
  unit?: string | undefined
  price?: string | undefined
  reason?: string | undefined
  code?: string | undefined
  requestedItemId?: string | undefined
  /** For a line that stands in for another: that line, its price for this line's unit, and what the rule does with it. */
  standsIn?: { lineId: string; price: string; rule: 'keep' | 'own' | 'lower' } | undefined
}

type Problem = {
  code: string
  line: number
  item: string | null
  unit: string | null
  quantity: string
  state: string | null
  successor: string | null
}
type Seller = Pick<Call<unknown>, 'tx' | 'companyId' | 'today' | 'now' | 'actor' | 'context'>

/**
 * Inserts lines into orders that exist already. The sales unit, the exact base quantity, the resolved price with its
 * waterfall, the tax code and rate and today's cost are all looked up and frozen here. Refuses the first line that
 * cannot be: unknown unit, fraction of a whole unit, no price, no tax, an item not for sale.
 */
export async function insertLines(call: Seller, wanted: readonly WantedLine[]): Promise<void> {
  const { tx, companyId } = call
  const rows = relation(
    {
      id: 'uuid',
      order_id: 'uuid',
      line: 'int',
      item_id: 'uuid',
      quantity: 'numeric',
      unit: 'text',
      price: 'numeric',
      reason: 'text',
      code: 'text',
      requested_item_id: 'uuid',
      replaces_id: 'uuid',
      replaced_price: 'numeric',
      price_rule: 'text',
    },
    wanted.map((one) => ({
      ...one,
      order_id: one.orderId,
      item_id: one.itemId,
      requested_item_id: one.requestedItemId,
      replaces_id: one.standsIn?.lineId,
      replaced_price: one.standsIn?.price,
      price_rule: one.standsIn?.rule,
    })),
  )
  const problem = await tx.first(sql<Problem>`with wanted as materialized (
      select w.*, o.customer_id, o.ship_to_id, o.currency, c.group_code, i.code as item_code, i.name, i.kind, i.category_id, i.state as item_state, i.standard_cost,
             coalesce(w.unit, i.sales_unit) as sold_in, u.num, u.den, u.whole, w.quantity * u.num / u.den as base,
             s.code as successor
        from ${rows} w
        join sales.orders o on o.company_id = ${companyId} and o.id = w.order_id
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        left join catalog.v_item i on i.id = w.item_id
        -- Fenced, so that the units of one item are probed; joined, the view would be made for all items.
        left join lateral (select * from catalog.v_item_unit v where v.item_id = w.item_id and v.unit = coalesce(w.unit, i.sales_unit) limit 1) u on true
        left join catalog.v_item s on s.id = i.successor_id
    ), cost as (
      select w.id, coalesce(k.value / nullif(k.quantity, 0), w.standard_cost) / ${worthOf(companyId, call.today, sql`w.currency`)} as unit_cost
        from wanted w left join costing.v_item_cost k on k.company_id = ${companyId} and k.item_id = w.item_id
    ), complete as materialized (
      select w.*, k.unit_cost, p.price as resolved, p.trace, t.tax_code, t.tax_rate,
             case w.price_rule when 'keep' then w.replaced_price when 'lower' then least(w.replaced_price, p.price) else coalesce(w.price, p.price) end as charged
        from wanted w join cost k on k.id = w.id
        left join ${priced(
          companyId,
          call.today,
          sql`select w.id as line, w.customer_id, w.item_id, w.category_id, w.group_code, w.currency, w.base as quantity,
            w.num as unit_num, w.den as unit_den, k.unit_cost from wanted w join cost k on k.id = w.id where w.base is not null`,
        )} p on p.line = w.id
        left join ${taxed(companyId, call.today, sql`select id as line, customer_id, ship_to_id, item_id from wanted`)} t on t.line = w.id
    ), problem as materialized (
      select case
          when quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
          when item_state is null or item_state not in ('active', 'obsolete') then 'ITEM_NOT_FOR_SALE'
          when num is null then 'UNIT_UNKNOWN'
          when whole and quantity <> trunc(quantity) then 'QUANTITY_NOT_WHOLE'
          when base * den <> quantity * num or scale(trim_scale(base)) > 6 then 'QUANTITY_INEXACT_IN_BASE'
          when price is not null and coalesce(reason, '') = '' then 'PRICE_REASON_NEEDED'
          when charged is null then 'PRICE_MISSING'
          when tax_code is null or tax_rate is null then 'TAX_MISSING'
        end as code, line, item_code as item, sold_in as unit, quantity::text, item_state as state, successor
      from complete
    ), written as (
      insert into sales.order_line (company_id, id, order_id, line, item_id, requested_item_id, requested_code, description, kind, unit, unit_num, unit_den,
        quantity, ordered, price, resolved_price, price_trace, price_reason, price_by, price_limit, replaces_id, unit_cost, tax_code, tax_rate, net)
      select ${companyId}, c.id, c.order_id, c.line, c.item_id, c.requested_item_id, c.code, c.name, c.kind, c.sold_in, c.num, c.den,
             trim_scale(c.quantity), trim_scale(c.base), c.charged, coalesce(c.resolved, c.charged),
             coalesce(c.trace, '[]'::jsonb) || case
               when c.price is not null then jsonb_build_array(jsonb_build_object('step', 'override', 'price', c.price::text, 'reason', c.reason))
               when c.charged is distinct from c.resolved then jsonb_build_array(jsonb_build_object('step', 'substitute', 'price', c.charged::text, 'reason', c.reason))
               else '[]'::jsonb end,
             case when c.price is not null or c.charged is distinct from c.resolved then c.reason end,
             case when c.price is not null then ${call.actor}::uuid end, case when c.price is not null then ${mayGive(call)} end,
             c.replaces_id, c.unit_cost, c.tax_code, c.tax_rate, round(c.charged * c.quantity, y.digits)
        from complete c join company.v_currency y on y.code = c.currency
       where not exists (select from problem where code is not null)
    )
    select * from problem where code is not null order by line limit 1`)
  if (!problem) return
  const successor = problem.successor ? `Its successor is ${problem.successor}.` : 'Choose another item.'
  refuse(problem.code as 'PRICE_MISSING', { ...problem, successor })
}

/** How far below the found price (percent) the one who acts may go without asking; null for the program itself. */
export function mayGive(call: Pick<Seller, 'companyId' | 'context'>): Sql {
  const { principal } = call.context
  if (principal.kind === 'system') return sql`null::numeric`
  const roles = principal.roles.filter((held) => (held.companyId ?? call.companyId) === call.companyId)
  return sql`(select m.percent from ${discountLimit(
    call.companyId,
    roles.map((held) => held.role),
  )} m)`
}

/** What one unit of an order's currency is worth in the company's, to compare prices with costs; 1 where no rate is known. */
export const worthOf = (companyId: number, today: string, currency: Sql): Sql => sql`
  (select case when b.currency = ${currency} then 1 else coalesce((select r.rate from company.v_rate r
      where r.company_id = b.id and r.currency = ${currency} and r.valid_on <= ${today}::date order by r.valid_on desc limit 1), 1) end
     from company.v_company b where b.id = ${companyId})`
