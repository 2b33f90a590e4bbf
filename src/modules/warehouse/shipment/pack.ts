// Packing checks what was picked, by weight where weights are known, and brings it to the dock.
import { move } from '#inventory'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { type Listed, moves } from './list.ts'
import { shipment } from './shipment.ts'
import { lockOrders } from './waiting.ts'

/** How far the scales may differ from the weights of the items before somebody must look, in percent. */
const WEIGHT_TOLERANCE_PERCENT = 10

/** `weightGrams` is what the scales say for all parcels together; it is checked when one shipment is packed. */
export const PackInput = T.object({
  parcels: T.optional(T.integer(1, 1000)),
  weightGrams: T.optional(T.integer(1, 1_000_000_000)),
})

type Packed = Pick<
  Listed,
  'shipment_id' | 'number' | 'state' | 'steps' | 'order_line_id' | 'item_id' | 'lot_id' | 'from_id' | 'to_id'
> & { moved: string; kind: string }
type Weighed = { number: string; expected: string; differs: boolean }

export const pack = command(shipment.verbs.pack, PackInput, async (call) => {
  const [, lines, weighed] = await Promise.all([
    call.tx.run(lockOrders(call.companyId, call.set)),
    picked(call),
    weigh(call),
  ])
  const wrong = lines.find((line) => line.steps !== 3)
  if (wrong) refuse('WRONG_STEP', { ...wrong, verb: 'pack' })
  for (const row of call.rows)
    if (!lines.some((line) => line.shipment_id === row.id)) refuse('NOTHING_PICKED', { number: row.number })
  if (weighed?.differs && !call.reason?.trim()) refuse('WEIGHT_DIFFERS', { ...weighed, weight: call.input.weightGrams })
  const goods = lines.filter((line) => line.kind === 'stock')
  if (goods.length > 0)
    await move(call, {
      date: call.today,
      event: 'packed',
      source: 'warehouse.shipment',
      moves: moves(goods, 'carried'),
    })
  await call.tx.run(sql`with h as (
      update warehouse.shipment h set packed_by = ${call.actor}, parcels = coalesce(${call.input.parcels ?? null}::int, h.parcels), weight_grams = coalesce(${call.input.weightGrams ?? null}::bigint, h.weight_grams)
        from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id returning h.id, h.warehouse_id
    )
    update warehouse.shipment_line n set location_id = d.id
      from h cross join lateral ${dock(sql`h.warehouse_id`, call.companyId)} d
     where n.company_id = ${call.companyId} and n.shipment_id = h.id and n.picked > 0`)
})

const dock = (warehouse: ReturnType<typeof sql>, companyId: number) => sql<{
  id: string
}>`select l.id from inventory.v_location l
  where l.company_id = ${companyId} and l.warehouse_id = ${warehouse} and l.kind = 'dock' and l.state = 'active' order by l.pick_sequence, l.code limit 1`

function picked(call: Call<unknown>): Promise<Packed[]> {
  return call.tx.rows(sql<Packed>`select h.id as shipment_id, h.number, h.state, h.steps, n.order_line_id, n.item_id, n.lot_id, n.location_id as from_id, d.id as to_id, n.picked::text as moved, i.kind
      from warehouse.shipment h join ${call.set} s on s.id = h.id join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id and n.picked > 0
      join catalog.v_item i on i.id = n.item_id cross join lateral ${dock(sql`h.warehouse_id`, call.companyId)} d
     where h.company_id = ${call.companyId} order by h.id, n.line`)
}

/** What one shipment should weigh, when every item's weight is known. */
async function weigh(call: Call<{ weightGrams?: number }>): Promise<Weighed | undefined> {
  const { weightGrams } = call.input
  if (weightGrams === undefined || call.ids.length !== 1) return undefined
  return await call.tx.first(sql<Weighed>`select min(h.number) as number, round(sum(n.picked * i.weight_grams))::text as expected,
      abs(${weightGrams}::numeric - sum(n.picked * i.weight_grams)) * 100 > ${WEIGHT_TOLERANCE_PERCENT} * sum(n.picked * i.weight_grams) as differs
    from warehouse.shipment h join ${call.set} s on s.id = h.id join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id
    join catalog.v_item i on i.id = n.item_id
   where h.company_id = ${call.companyId} and n.picked > 0 and i.kind = 'stock' having bool_and(i.weight_grams > 0)`)
}
