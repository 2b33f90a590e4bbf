// Putting back brings goods that nobody wants any more from packing or dock to their bins, where they can be promised again.
import { move } from '#inventory'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { shipment } from './shipment.ts'

type Task = {
  shipment_id: string
  id: string
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  moved: string
}

/** Does every open put-back of the shipments. The shipments stay as they are. */
export const putBack = command(shipment.verbs['put-back'], T.object({}), async (call) => {
  const { tx, companyId } = call
  const tasks = await tx.rows(sql<Task>`update warehouse.put_back p set done_by = ${call.actor}, done_at = ${call.now}
    from ${call.set} s where p.company_id = ${companyId} and p.shipment_id = s.id and p.done_at is null
    returning p.shipment_id, p.id, p.item_id, p.lot_id, p.from_id, p.to_id, p.quantity::text as moved`)
  for (const row of call.rows)
    if (!tasks.some((task) => task.shipment_id === row.id)) refuse('NOTHING_TO_PUT_BACK', { number: row.number })
  await move(call, {
    date: call.today,
    event: 'put-back',
    source: 'warehouse.shipment',
    moves: sql`select p.id as move_id, p.item_id, p.lot_id, p.from_id, p.to_id, p.quantity, p.shipment_id as source_id, p.id as source_line, 'none' as reservation
      from warehouse.put_back p where p.company_id = ${companyId} and p.id = any(${tasks.map((task) => task.id)}::uuid[])`,
  })
  return { states: new Map(call.rows.map((row) => [row.id, row.state])) }
})
