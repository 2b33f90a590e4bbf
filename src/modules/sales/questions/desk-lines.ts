// Lines as somebody types them: which item, at what price and why, what of it is free, when it could be there, what could stand in.

import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { relation, type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { isId } from '#kernel/ids'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { discountLimit, marginFloor, priced } from '#pricing'
import { taxed } from '#tax'
import { worthOf } from '../order/lines.ts'
import { resolvedIn } from './desk-codes.ts'
import { earliest, elsewhere, substitutes } from './desk-supply.ts'
import { freeIn } from './free.ts'

/** What one request may ask about; a thousand lines are asked for in parts. */
const LINES_MOST = 200
const EXACT = /^\d{1,12}(\.\d{1,6})?$/

/** Rows of a spreadsheet: item, quantity, unit and price by hand, divided by tabs. What is no number is null. */
function typedLines(text: string) {
  return text
    .split('\n')
    .slice(0, LINES_MOST)
    .map((line, at) => {
      const [code = '', quantity = '', unit = '', price = ''] = line.split('\t').map((cell) => cell.trim())
      return {
        at,
        code,
        item_id: isId(code) ? code : null,
        quantity: EXACT.test(quantity) ? quantity : null,
        unit: unit === '' ? null : unit,
        price: EXACT.test(price) ? price : null,
      }
    })
}

/** How far the one who asks may go below the price that is found, as drafting writes it into the line. */
function mayGive({ principal, companyId }: Context): Sql {
  if (principal.kind === 'system') return sql`null::numeric`
  const roles = principal.roles.filter((held) => (held.companyId ?? companyId) === companyId).map((held) => held.role)
  return sql`(select m.percent from ${discountLimit(companyId, roles)} m)`
}

const SEES_STOCK = 'inventory.balance.read'
const SEES_MARGIN = 'sales.order.see-margin'

/**
 * One row for each line that has a code, in their order. `problem` is the refusal that drafting would answer, `hold`
 * what would hold the order ('price', 'margin', 'price margin'). Quantities `base`, `free` and `short` are in base units; lines of one
 * item share what is free in their order. Promises are a forecast by the rule of confirming. Nothing is locked or written.
 */
export const deskLines = query('sales.desk-lines', {
  may: 'sales.order.draft',
  title: 'Price, availability and promise of lines being typed',
  see: {
    free: SEES_STOCK,
    elsewhere: SEES_STOCK,
    unit_cost: SEES_MARGIN,
    margin_percent: SEES_MARGIN,
    floor_percent: SEES_MARGIN,
  },
  parameters: T.object({
    customer: T.idOf('party.customer'),
    warehouse: T.idOf('company.warehouse'),
    shipTo: T.optional(T.idOf('party.ship-to')),
    requestedOn: T.optional(T.date()),
    lines: T.text(12_000),
  }),
  columns: {
    at: f.integer(),
    problem: f.text({ optional: true }),
    matches: f.text({ optional: true }),
    item_id: f.ref('catalog.item', { optional: true }),
    item: f.code({ optional: true }),
    description: f.text({ optional: true }),
    kind: f.text({ optional: true }),
    unit: f.code({ optional: true }),
    base_unit: f.code({ optional: true }),
    units: f.json({ optional: true }),
    base: f.quantity({ optional: true }),
    currency: f.code(),
    price: f.price({ optional: true }),
    resolved: f.price({ optional: true }),
    list_price: f.price({ optional: true }),
    trace: f.json({ optional: true }),
    net: f.money({ optional: true }),
    tax: f.money({ optional: true }),
    hold: f.text({ optional: true }),
    limit_percent: f.percent({ optional: true }),
    unit_cost: f.price({ optional: true }),
    margin_percent: f.percent({ optional: true }),
    floor_percent: f.percent({ optional: true }),
    free: f.quantity({ optional: true }),
    short: f.quantity({ optional: true }),
    promise: f.date({ optional: true }),
    elsewhere: f.json({ optional: true }),
    substitutes: f.json({ optional: true }),
  },
  build: (given, context) => {
    const { companyId, today } = context
    const typed = typedLines(given.lines)
    const seen = warehousesOf(grantsFor(context.principal, SEES_STOCK, companyId))
    const shown = seen === null || seen.includes(given.warehouse)
    const rows = relation(
      { at: 'int', code: 'text', item_id: 'uuid', quantity: 'numeric', unit: 'text', price: 'numeric' },
      typed,
    )
    return sql`
      with buyer as materialized (
        select c.id, c.currency, c.group_code, c.class, c.consents_to_substitutes as consents, y.digits from party.v_customer c join company.v_currency y on y.code = c.currency
         where c.company_id = ${companyId} and c.id = ${given.customer}
      ), found as materialized (${resolvedIn(
        rows,
        given.customer,
        typed.every((one) => one.item_id !== null),
      )}),
      line as materialized (
        select f.*, c.id as customer_id, c.currency, c.group_code, c.class, c.consents, c.digits, i.code as item, i.name, i.kind, i.category_id, i.state, i.base_unit, i.successor_id,
               coalesce(f.given_unit, f.code_unit, i.sales_unit) as sold_in, u.num, u.den, u.whole, f.quantity * u.num / u.den as base,
               coalesce(k.value / nullif(k.quantity, 0), i.standard_cost) / ${worthOf(companyId, today, sql`c.currency`)} as unit_cost
          from found f cross join buyer c left join catalog.v_item i on i.id = f.item_id
          left join lateral (select * from catalog.v_item_unit v where v.item_id = i.id and v.unit = coalesce(f.given_unit, f.code_unit, i.sales_unit) limit 1) u on true
          left join costing.v_item_cost k on k.company_id = ${companyId} and k.item_id = i.id
      ), stocked as materialized (
        select n.at, n.base, s.free, sum(n.base) over (partition by n.item_id order by n.at) - n.base as before
          from line n join (select item_id, ${freeIn(context, sql`d.item_id`, sql`${given.warehouse}::uuid`)} as free
            from (select distinct item_id from line where kind = 'stock' and base > 0) d) s on s.item_id = n.item_id where n.kind = 'stock' and n.base > 0
      ), complete as materialized (
        select n.*, p.price as resolved, p.list_price, p.trace, coalesce(n.by_hand, p.price) as charged, t.tax_code, t.tax_rate, m.percent as floor, g.most,
               s.free, greatest(n.base - greatest(s.free - s.before, 0), 0) as short
          from line n left join stocked s on s.at = n.at
          left join ${priced(companyId, today, sql`select at as line, customer_id, item_id, category_id, group_code, currency, base as quantity, num as unit_num, den as unit_den, unit_cost from line where base is not null`)} p on p.line = n.at
          left join ${taxed(companyId, today, sql`select at as line, customer_id, ${given.shipTo ?? null}::uuid as ship_to_id, item_id from line where item_id is not null`)} t on t.line = n.at
          left join ${marginFloor(companyId, sql`select at as line, category_id from line`)} m on m.line = n.at
          cross join (select ${mayGive(context)} as most) g
      )
      select n.at, case when n.matches = 0 then 'ITEM_UNKNOWN' when n.matches > 1 then 'ITEM_AMBIGUOUS'
               when n.state not in ('active', 'obsolete') then 'ITEM_NOT_FOR_SALE' when n.num is null then 'UNIT_UNKNOWN'
               when n.quantity is null then null when n.quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
               when n.whole and n.quantity <> trunc(n.quantity) then 'QUANTITY_NOT_WHOLE'
               when n.base * n.den <> n.quantity * n.num or scale(trim_scale(n.base)) > 6 then 'QUANTITY_INEXACT_IN_BASE'
               when n.charged is null then 'PRICE_MISSING' when n.tax_code is null then 'TAX_MISSING' end as problem, n.names as matches,
             n.item_id, n.item, n.name as description, n.kind, n.sold_in as unit, n.base_unit,
             (select jsonb_agg(v.unit order by v.num::numeric / v.den) from catalog.v_item_unit v where v.item_id = n.item_id) as units,
             trim_scale(n.base)::text as base, n.currency, trim_scale(n.charged)::text as price, trim_scale(n.resolved)::text as resolved, trim_scale(n.list_price)::text as list_price, n.trace,
             round(n.charged * n.quantity, n.digits)::text as net, round(round(n.charged * n.quantity, n.digits) * n.tax_rate, n.digits)::text as tax,
             nullif(concat_ws(' ', case when n.by_hand is not null and n.by_hand < n.resolved * (1 - n.most / 100) then 'price' end,
               case when n.kind = 'stock' and n.charged > 0 and n.charged - n.unit_cost * n.num / n.den < n.charged * n.floor / 100 then 'margin' end), '') as hold,
             trim_scale(n.most)::text as limit_percent, trim_scale(round(n.unit_cost * n.num / n.den, 4))::text as unit_cost,
             round(100 - 100 * n.unit_cost * n.num / n.den / nullif(n.charged, 0), 1)::text as margin_percent, trim_scale(n.floor)::text as floor_percent,
             case when ${shown}::boolean then trim_scale(n.free)::text end as free, trim_scale(n.short)::text as short, ${earliest(context, given)} as promise,
             case when n.short > 0 then ${elsewhere(context, given.warehouse, seen)} end as elsewhere,
             case when n.short > 0 or n.state not in ('active', 'obsolete') then ${substitutes(context, given.warehouse)} end as substitutes
        from complete n order by n.at`
  },
})
