// Receiving takes authorised goods in, to be inspected, at the cost at which they were shipped.
import type { Static } from '@sinclair/typebox'
import { receive as value } from '#costing'
import { move, NO_LOT, placeLots } from '#inventory'
import { type Call, command } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { recordReturned } from '#sales'
import { refuse } from '../refusals.ts'
import { rma } from './rma.ts'
import { type Amount, billable, postAmounts, split } from './value.ts'

/** Without lines: everything that is still to come. `to`: where it is put until it is inspected, quarantine when left out. */
const ReceiveInput = T.object({
  lines: T.optional(
    T.list(T.object({ line: T.idOf('returns.rma-line'), quantity: T.quantity(), lot: T.optional(T.text(40)) }), 2000),
  ),
  to: T.optional(T.choice(['quarantine', 'stock'])),
})
type Input = Static<typeof ReceiveInput>

type Coming = {
  id: string
  rma_id: string
  number: string
  line: number
  order_line_id: string | null
  item_id: string
  item: string
  tracking: string
  unit_cost: string
  quantity: string
  possible: string
  lot: string | null
  lot_id: string | null
  location_id: string
  unbilled: string
  wrong: 'more' | 'lot' | null
}

export const receive = command(rma.verbs.receive, ReceiveInput, async (call) => {
  const coming = await judge(call)
  const lost = call.input.lines?.find((part) => !coming.some((one) => one.id === part.line))
  if (lost) refuse('RETURN_LINE_UNKNOWN', { id: lost.line, customer: 'this return' })
  const more = coming.find((one) => one.wrong === 'more')
  if (more || coming.length === 0)
    refuse(
      'RETURN_MORE_THAN_AUTHORISED',
      more ?? { number: call.rows[0]?.number, line: 1, possible: '0', quantity: '0' },
    )
  const wrongLot = coming.find((one) => one.wrong === 'lot')
  if (wrongLot) refuse('RETURN_LOT', { ...wrongLot, lot: wrongLot.lot ?? 'none' })
  const ready = await withLots(call, coming)
  await mark(call, ready)
  const sold = ready.filter((one) => one.order_line_id !== null)
  // The order before the stock, as everywhere; its lines are locked by the first statement.
  if (sold.length > 0) {
    await recordReturned(
      call,
      relation<{ order_line_id: string; quantity: string }>(
        { order_line_id: 'uuid', quantity: 'numeric' },
        sold.map((one) => ({ order_line_id: one.order_line_id ?? '', quantity: one.quantity })),
      ),
    )
  }
  await takeIn(call, ready)
})

/** What comes, with the lot it must be and the part of it that was never invoiced. Locks the lines of the orders. */
function judge(call: Call<Input>): Promise<Coming[]> {
  const { companyId, input } = call
  const parts = relation(
    { id: 'uuid', quantity: 'numeric', lot: 'text' },
    (input.lines ?? []).map((part) => ({ ...part, id: part.line })),
  )
  return call.tx.rows(sql<Coming>`with line as materialized (
      select n.*, h.number, h.warehouse_id, i.code as item, i.tracking, coalesce(p.quantity, n.quantity - n.received) as coming, p.lot
        from ${call.set} s join returns.rma h on h.company_id = ${companyId} and h.id = s.id join returns.rma_line n on n.company_id = h.company_id and n.rma_id = h.id
        join catalog.v_item i on i.id = n.item_id left join ${parts} p on p.id = n.id
       where (${input.lines === undefined} and n.quantity > n.received) or p.id is not null
    ), ordered as materialized (
      select l.* from sales.v_order_line l where l.company_id = ${companyId} and l.id = any((select array_agg(order_line_id) from line)::uuid[]) order by l.order_id, l.id for no key update
    ), running as (
      select n.*, sum(n.coming) over (partition by n.order_line_id order by n.rma_id, n.line) as upto from line n
    )
    select n.id, n.rma_id, n.number, n.line, n.order_line_id, n.item_id, n.item, n.tracking, n.unit_cost::text, n.coming::text as quantity, (n.quantity - n.received)::text as possible, n.lot, t.id as lot_id,
           coalesce(n.location_id, w.id) as location_id, coalesce(${billable(sql`(l.returned + n.upto - n.coming)`)} - ${billable(sql`(l.returned + n.upto)`)}, 0)::text as unbilled,
           case when n.coming <= 0 or n.coming > n.quantity - n.received then 'more'
                when n.tracking <> 'none' and (n.lot is null or (n.received > 0 and n.lot_id is distinct from t.id) or (n.order_line_id is not null and n.coming > coalesce(q.left_over, 0))) then 'lot' end as wrong
      from running n left join ordered l on l.id = n.order_line_id
      left join inventory.v_lot t on t.company_id = ${companyId} and t.item_id = n.item_id and t.code = n.lot
      cross join lateral (select id from inventory.v_location v where v.company_id = ${companyId} and v.warehouse_id = n.warehouse_id and v.kind = ${input.to ?? 'quarantine'} and v.state = 'active' order by v.pick_sequence, v.code limit 1) w
      left join lateral (
        select coalesce(sum(m.picked), 0) - coalesce((select sum(r.received - r.rejected) from returns.rma_line r where r.company_id = ${companyId} and r.order_line_id = n.order_line_id and r.lot_id = t.id), 0) as left_over
          from warehouse.v_shipment_line m join warehouse.v_shipment h on h.company_id = m.company_id and h.id = m.shipment_id and h.state = 'shipped'
         where m.company_id = ${companyId} and m.order_line_id = n.order_line_id and m.lot_id = t.id
      ) q on n.tracking <> 'none'
     order by n.rma_id, n.line`)
}

/** Lots of returns without a sale may be new to us. */
async function withLots(
  call: Call<Input>,
  coming: readonly Coming[],
): Promise<readonly (Coming & { lot_id: string })[]> {
  const tracked = coming.filter((one) => one.tracking !== 'none' && one.lot_id === null)
  const placed = await placeLots(
    call,
    tracked.map((one) => ({
      itemId: one.item_id,
      lot: one.lot ?? undefined,
      expiresOn: undefined,
      quantity: one.quantity,
    })),
  )
  return coming.map((one) => ({ ...one, lot_id: one.lot_id ?? placed[tracked.indexOf(one)] ?? NO_LOT }))
}

async function mark(call: Call<Input>, coming: readonly Coming[]): Promise<void> {
  const given = relation(
    { id: 'uuid', quantity: 'numeric', unbilled: 'numeric', lot_id: 'uuid', location_id: 'uuid' },
    coming,
  )
  await call.tx.run(sql`with head as (
      update returns.rma h set received_by = ${call.actor} from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id
    )
    update returns.rma_line n set received = n.received + g.quantity, unbilled = n.unbilled + g.unbilled, lot_id = g.lot_id, location_id = g.location_id
      from ${given} g where n.company_id = ${call.companyId} and n.id = g.id`)
}

/** Moves, values and posts: Dr inventory, Cr cost of sales; what was never invoiced goes back to shipped-not-invoiced. */
async function takeIn(call: Call<Input>, coming: readonly (Coming & { lot_id: string })[]): Promise<void> {
  const moves = coming.map((one) => ({ ...one, move_id: newId() }))
  const given = relation(
    {
      move_id: 'uuid',
      id: 'uuid',
      rma_id: 'uuid',
      item_id: 'uuid',
      lot_id: 'uuid',
      location_id: 'uuid',
      quantity: 'numeric',
      unit_cost: 'numeric',
    },
    moves,
  )
  await move(call, {
    date: call.today,
    event: 'returned',
    source: 'returns.rma',
    moves: sql`select g.move_id, g.item_id, g.lot_id, c.id as from_id, g.location_id as to_id, g.quantity, g.rma_id as source_id, g.id as source_line, 'none' as reservation
      from ${given} g join inventory.v_location c on c.company_id = ${call.companyId} and c.kind = 'customer' and c.warehouse_id is null`,
  })
  const values = await value(call, {
    date: call.today,
    event: 'returned',
    receipts: sql`select move_id, item_id, quantity, unit_cost, rma_id as source_id, id as source_line from ${given} g`,
  })
  const amounts = values.flatMap((cost): Amount[] => {
    const one = moves.find((row) => row.id === cost.source_line)
    return one ? split(one, cost.value, 1) : []
  })
  const event = new Map(call.rows.map((row) => [row.id, { entry: newId(), event: `returned ${row.version}` }]))
  await postAmounts(call, event, amounts)
}
