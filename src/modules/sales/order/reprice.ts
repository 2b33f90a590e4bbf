// Re-pricing asks for today's prices again; prices given by hand go, invoiced lines keep theirs (ORD-05, T-PRC-10).
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { priced } from '#pricing'
import { refuse } from '../refusals.ts'
import { commit } from './commit.ts'
import { worthOf } from './lines.ts'
import { order } from './order.ts'
import { voidReleases } from './revise.ts'
import { changesOf, exposures, snapshot } from './snapshot.ts'
import { retotal } from './totals.ts'

/**
 * A quotation stays one, valid until `validUntil` (without it: at least until today). A held order that was never
 * confirmed becomes a draft; a confirmed one is looked at again with its new amount. Refuses PRICE_MISSING.
 */
export const reprice = command(order.verbs.reprice, T.object({ validUntil: T.optional(T.date()) }), async (call) => {
  const { tx, companyId, today } = call
  const before = await snapshot(call, call.set)
  await priceAgain(call)
  await Promise.all([
    retotal(call, call.ids),
    tx.run(sql`update sales.orders o set valid_until = coalesce(${call.input.validUntil ?? null}::date, greatest(o.valid_until, ${today}::date)) from ${call.set} s
      where o.company_id = ${companyId} and o.id = s.id and o.state = 'quoted'`),
  ])
  const after = await snapshot(call, call.set)
  const once = new Set(
    (
      await tx.rows(
        sql<{
          id: string
        }>`select o.id from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id where o.confirmed_at is not null`,
      )
    ).map((one) => one.id),
  )
  const states = new Map(call.rows.map((row) => [row.id, row.state === 'on_hold' ? 'draft' : row.state]))
  const unasked = call.rows.filter((row) => row.state === 'on_hold' && !once.has(row.id)).map((row) => row.id)
  if (unasked.length > 0) await voidReleases({ ...call, ids: unasked })
  if (once.size > 0) {
    const counted = new Set(call.rows.filter((row) => row.state === 'confirmed').map((row) => row.id))
    const decided = await commit(call, [...once], {
      reason: 'repriced',
      before: exposures(before.filter((one) => counted.has(one.id))),
      resumed: true,
    })
    for (const [id, state] of decided) states.set(id, state)
  }
  return { states, changes: changesOf(before, after) }
})

async function priceAgain(call: Call<unknown>): Promise<void> {
  const { tx, companyId, today } = call
  const missing = await tx.first(sql<{ item: string }>`with line as materialized (
      select l.id, l.item_id, l.ordered, l.unit_num, l.unit_den, o.customer_id, o.currency, c.group_code, i.category_id, i.code as item, y.digits,
             coalesce(k.value / nullif(k.quantity, 0), i.standard_cost) / ${worthOf(companyId, today, sql`o.currency`)} as unit_cost
        from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.invoiced = 0
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id join catalog.v_item i on i.id = l.item_id
        join company.v_currency y on y.code = o.currency left join costing.v_item_cost k on k.company_id = o.company_id and k.item_id = l.item_id
    ), found as materialized (
      select n.id, n.item, n.digits, n.unit_cost, p.price, p.trace
        from line n left join ${priced(companyId, today, sql`select id as line, customer_id, item_id, category_id, group_code, currency, ordered as quantity, unit_num, unit_den, unit_cost from line`)} p on p.line = n.id
    ), changed as (
      update sales.order_line l set price = f.price, resolved_price = f.price, price_trace = f.trace, price_reason = null, price_by = null, price_limit = null,
             unit_cost = f.unit_cost, net = round(f.price * l.quantity, f.digits)
        from found f where l.company_id = ${companyId} and l.id = f.id and f.price is not null
    )
    select item from found where price is null order by item limit 1`)
  if (missing) refuse('PRICE_MISSING', missing)
}
