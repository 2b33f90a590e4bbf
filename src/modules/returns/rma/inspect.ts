// Inspecting decides what becomes of returned goods: back on the shelf, kept apart, scrapped, or sent back to the customer.
import type { Static } from '@sinclair/typebox'
import { issue } from '#costing'
import { move } from '#inventory'
import { type Call, command } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { negateDecimal, signOfDecimal } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { recordReturned } from '#sales'
import { refuse } from '../refusals.ts'
import { rma } from './rma.ts'
import { type Amount, billable, postAmounts, split } from './value.ts'

/** Quantities in base units; together no more than what waits for inspection. Rejected goods go back and are not credited. */
const InspectInput = T.object({
  lines: T.list(
    T.object({
      line: T.idOf('returns.rma-line'),
      restock: T.optional(T.quantity()),
      quarantine: T.optional(T.quantity()),
      scrap: T.optional(T.quantity()),
      reject: T.optional(T.quantity()),
    }),
    2000,
  ),
})
type Input = Static<typeof InspectInput>

type Part = {
  id: string
  rma_id: string
  number: string
  line: number
  order_line_id: string | null
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  fate: 'restock' | 'quarantine' | 'scrap' | 'reject'
  quantity: string
  decided: string
  possible: string
  unbilled: string
  source_line: string
}

export const inspect = command(rma.verbs.inspect, InspectInput, async (call) => {
  const parts = await judge(call)
  const lost = call.input.lines.find((one) => !parts.some((part) => part.id === one.line))
  if (lost) refuse('RETURN_LINE_UNKNOWN', { id: lost.line, customer: 'this return' })
  const over = parts.find((one) => Number(one.decided) > Number(one.possible))
  if (over) refuse('RETURN_MORE_THAN_RECEIVED', { ...over, quantity: over.decided })
  await mark(call, parts)
  const rejected = parts.filter((one) => one.fate === 'reject' && one.order_line_id !== null)
  // What goes back to the customer has not come back: the order forgets it again.
  if (rejected.length > 0) {
    await recordReturned(
      call,
      relation<{ order_line_id: string; quantity: string }>(
        { order_line_id: 'uuid', quantity: 'numeric' },
        rejected.map((one) => ({ order_line_id: one.order_line_id ?? '', quantity: negateDecimal(one.quantity) })),
      ),
    )
  }
  await carryOut(
    call,
    parts.filter((one) => one.from_id !== one.to_id),
  )
})

/** Each decision as a part with the place it goes to. Locks the lines of the orders. */
function judge(call: Call<Input>): Promise<Part[]> {
  const { companyId } = call
  const given = relation(
    { id: 'uuid', restock: 'numeric', quarantine: 'numeric', scrap: 'numeric', reject: 'numeric' },
    call.input.lines.map((one) => ({ ...one, id: one.line })),
  )
  return call.tx.rows(sql<Part>`with line as materialized (
      select n.*, h.number, h.warehouse_id, g.restock, g.quarantine, g.scrap, g.reject, coalesce(g.restock, 0) + coalesce(g.quarantine, 0) + coalesce(g.scrap, 0) + coalesce(g.reject, 0) as decided
        from ${call.set} s join returns.rma h on h.company_id = ${companyId} and h.id = s.id join returns.rma_line n on n.company_id = h.company_id and n.rma_id = h.id join ${given} g on g.id = n.id
    ), ordered as materialized (
      select l.* from sales.v_order_line l where l.company_id = ${companyId} and l.id = any((select array_agg(order_line_id) from line where reject > 0)::uuid[]) order by l.order_id, l.id for no key update
    )
    select n.id, n.rma_id, n.number, n.line, n.order_line_id, n.item_id, n.lot_id, n.location_id as from_id, n.id as source_line, x.fate, x.quantity::text, n.decided::text,
           (n.received - n.restocked - n.quarantined - n.scrapped - n.rejected)::text as possible,
           case when x.fate = 'quarantine' and p.kind = 'quarantine' or x.fate = 'restock' and p.kind = 'stock' then n.location_id else t.id end as to_id,
           case when x.fate = 'reject' then least(n.unbilled, coalesce(${billable(sql`(l.returned - x.quantity)`)} - ${billable(sql`l.returned`)}, 0)) else 0 end::text as unbilled
      from line n cross join lateral (values ('restock', n.restock, 'stock'), ('quarantine', n.quarantine, 'quarantine'), ('scrap', n.scrap, 'scrap'), ('reject', n.reject, 'customer')) as x (fate, quantity, kind)
      join inventory.v_location p on p.company_id = ${companyId} and p.id = n.location_id left join ordered l on l.id = n.order_line_id
      cross join lateral (select id from inventory.v_location v where v.company_id = ${companyId} and v.kind = x.kind and v.state = 'active'
           and v.warehouse_id is not distinct from case when x.kind in ('stock', 'quarantine') then n.warehouse_id end order by v.pick_sequence, v.code limit 1) t
     where x.quantity > 0 or (n.decided = 0 and x.fate = 'restock') order by n.rma_id, n.line, x.fate`)
}

async function mark(call: Call<Input>, parts: readonly Part[]): Promise<void> {
  const given = relation({ id: 'uuid', fate: 'text', quantity: 'numeric', unbilled: 'numeric' }, parts)
  await call.tx.run(sql`update returns.rma_line n set restocked = n.restocked + g.restocked, quarantined = n.quarantined + g.quarantined, scrapped = n.scrapped + g.scrapped, rejected = n.rejected + g.rejected, unbilled = n.unbilled - g.unbilled
    from (select id, coalesce(sum(quantity) filter (where fate = 'restock'), 0) as restocked, coalesce(sum(quantity) filter (where fate = 'quarantine'), 0) as quarantined,
                 coalesce(sum(quantity) filter (where fate = 'scrap'), 0) as scrapped, coalesce(sum(quantity) filter (where fate = 'reject'), 0) as rejected, sum(unbilled) as unbilled from ${given} g group by id) g
   where n.company_id = ${call.companyId} and n.id = g.id`)
}

/** Moves the goods; what leaves our stock is valued and posted: scrap to its account, rejected goods back to where their cost stood. */
async function carryOut(call: Call<Input>, parts: readonly Part[]): Promise<void> {
  const moves = parts.filter((one) => signOfDecimal(one.quantity) > 0).map((one) => ({ ...one, move_id: newId() }))
  if (moves.length === 0) return
  const given = relation(
    {
      move_id: 'uuid',
      rma_id: 'uuid',
      id: 'uuid',
      item_id: 'uuid',
      lot_id: 'uuid',
      from_id: 'uuid',
      to_id: 'uuid',
      quantity: 'numeric',
    },
    moves,
  )
  await move(call, {
    date: call.today,
    event: 'inspected',
    source: 'returns.rma',
    moves: sql`select move_id, item_id, lot_id, from_id, to_id, quantity, rma_id as source_id, id as source_line, 'none' as reservation from ${given} g`,
  })
  const leaving = moves.filter((one) => one.fate === 'scrap' || one.fate === 'reject')
  if (leaving.length === 0) return
  const costs = await issue(call, {
    date: call.today,
    event: 'inspected',
    issues: sql`select move_id, item_id, quantity, rma_id as source_id, move_id as source_line from ${relation({ move_id: 'uuid', rma_id: 'uuid', item_id: 'uuid', quantity: 'numeric' }, leaving)} g`,
  })
  const amounts = costs.flatMap((cost): Amount[] => {
    const one = leaving.find((row) => row.move_id === cost.source_line)
    if (!one) return []
    return one.fate === 'scrap'
      ? [{ rma_id: one.rma_id, debit: 'scrap', credit: 'inventory', amount: cost.value }]
      : split(one, cost.value, -1)
  })
  await postAmounts(
    call,
    new Map(call.rows.map((row) => [row.id, { entry: newId(), event: `inspected ${row.version}` }])),
    amounts,
  )
}
