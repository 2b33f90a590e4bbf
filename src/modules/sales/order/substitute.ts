// Substituting supplies another item for what is short: ranked, with the customer's consent, at the price the rule says (ORD-12).
import { type Call, command } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { recommit } from './change.ts'
import { insertLines } from './lines.ts'
import { order } from './order.ts'
import { resolveLines } from './resolve.ts'
import { changesOf, type OrderState, snapshot } from './snapshot.ts'
import { retotal } from './totals.ts'

/** Without an item the best substitute is taken: the ranked ones that cover the quantity from free stock first. */
const SubstituteInput = T.object({
  lines: T.list(T.object({ line: T.integer(1, 100_000), item: T.optional(T.ref('catalog.item')) }), 2000),
})

type Choice = {
  line_id: string
  line: number
  requested: string
  requested_id: string
  substitute_id: string | null
  substitute: string | null
  rule: 'keep' | 'own' | 'lower'
  unit: string
  quantity: string
  price: string
}

/**
 * What is open and not reserved on each line is taken over by a new line of the substitute, which names the item that
 * was asked for; the old line keeps what is reserved, the rest of it is cancelled. Refuses NO_SUBSTITUTE when the item
 * is none, the customer has not agreed, or nothing is short. Successors need no agreement: the old item is no more.
 */
export const substitute = command(order.verbs.substitute, SubstituteInput, async (call) => {
  if (call.ids.length > 1) refuse('ONE_ORDER')
  const before = await snapshot(call, call.set)
  const choices = await choose(call, before)
  await call.tx.run(sql`update sales.order_line l set cancelled = l.cancelled + g.quantity
    from unnest(${choices.map((one) => one.line_id)}::uuid[], ${choices.map((one) => one.quantity)}::numeric[]) as g (id, quantity)
   where l.company_id = ${call.companyId} and l.id = g.id`)
  const next = Math.max(0, ...(before[0]?.lines.map((line) => line.line) ?? [])) + 1
  await insertLines(
    call,
    choices.map((one, at) => ({
      id: newId(),
      orderId: call.ids[0] ?? '',
      line: next + at,
      itemId: one.substitute_id ?? '',
      quantity: one.quantity,
      unit: one.unit,
      requestedItemId: one.requested_id,
      reason: `stands in for ${one.requested}`,
      standsIn: { lineId: one.line_id, price: one.price, rule: one.rule },
    })),
  )
  await retotal(call, call.ids)
  const edited = await snapshot(call, call.set)
  const states = await recommit(call, before, edited, 'substituted')
  const after = await snapshot(call, call.set)
  return { states, changes: changesOf(before, after), result: { before, after } }
})

async function choose(
  call: Call<{ lines: readonly { line: number; item?: string }[] }>,
  before: readonly OrderState[],
): Promise<Choice[]> {
  const { companyId, input } = call
  const named = input.lines.flatMap((one) => (one.item === undefined ? [] : [one.item]))
  const [items] = await resolveLines(call.tx, [{ customerId: before[0]?.customer_id ?? null, codes: named }])
  let at = 0
  const wanted = relation(
    { line: 'int', item_id: 'uuid' },
    input.lines.map((one) => ({ line: one.line, item_id: one.item === undefined ? null : items?.[at++]?.itemId })),
  )
  const choices = await call.tx.rows(sql<Choice>`with line as materialized (
      select l.id as line_id, w.line, w.item_id as wanted_id, l.item_id as requested_id, i.code as requested, i.successor_id, o.warehouse_id, c.consents_to_substitutes as consents,
             l.price * l.unit_den / l.unit_num as price_of_one,
             l.ordered - l.shipped - l.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0) as short
        from ${wanted} w join sales.orders o on o.company_id = ${companyId} and o.id = any(${call.ids}::uuid[])
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.line = w.line join catalog.v_item i on i.id = l.item_id
    ), possible as (
      select n.line_id, s.id, s.rank, s.price_rule from line n cross join lateral (
          select x.substitute_id as id, x.rank, x.price_rule, x.needs_consent from catalog.v_substitute x where x.item_id = n.requested_id
          union all
          select x.item_id, x.rank + 1000, x.price_rule, x.needs_consent from catalog.v_substitute x where x.substitute_id = n.requested_id and x.two_way
          union all
          select n.successor_id, 0, 'keep', false where n.successor_id is not null
        ) s where (n.consents or not s.needs_consent) and (n.wanted_id is null or s.id = n.wanted_id)
    ), ranked as (
      select distinct on (p.line_id) p.line_id, p.id, p.price_rule, i.code, i.base_unit
        from possible p join line n on n.line_id = p.line_id join catalog.v_item i on i.id = p.id and i.state in ('active', 'obsolete')
       order by p.line_id, ${free(companyId)} >= n.short desc, p.rank, i.code
    )
    select n.line_id, n.line, n.requested, n.requested_id, r.id as substitute_id, r.code as substitute, r.price_rule as rule, r.base_unit as unit,
           greatest(n.short, 0)::text as quantity, round(n.price_of_one, 6)::text as price
      from line n left join ranked r on r.line_id = n.line_id order by n.line`)
  for (const one of input.lines) {
    const choice = choices.find((each) => each.line === one.line)
    if (!choice) refuse('LINE_UNKNOWN', { id: one.line })
    if (!choice?.substitute_id) refuse('NO_SUBSTITUTE', { item: one.item ?? 'Nothing', requested: choice?.requested })
    if (Number(choice?.quantity) === 0) refuse('NOTHING_TO_ALLOCATE', { number: call.rows[0]?.number })
  }
  return choices
}

/** What of a possible substitute is free in the order's warehouse. */
const free = (companyId: number) => sql`
  coalesce((select sum(b.on_hand - b.reserved) from inventory.v_balance b join inventory.v_location q on q.company_id = b.company_id and q.id = b.location_id
     where b.company_id = ${companyId} and b.item_id = p.id and q.warehouse_id = n.warehouse_id and q.kind = 'stock'), 0)`
