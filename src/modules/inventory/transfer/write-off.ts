// Writing off what never arrived: somebody who neither sent nor received it says so, and the loss is booked at once.
import { issue } from '#costing'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { signOfDecimal, subtractDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { leaveRoad, noteLeft, onRoad } from './arrive.ts'
import { book } from './book.ts'
import { transfer } from './transfer.ts'

export const writeOff = command(transfer.verbs['write-off'], T.object({}), async (call) => {
  const { tx, companyId } = call
  const own = await tx.first(sql<{
    number: string
  }>`select h.number from inventory.transfer h join ${call.set} s on s.id = h.id
    where h.company_id = ${companyId} and (h.created_by = ${call.actor} or exists (select from inventory.move m where m.company_id = h.company_id and m.source_id = h.id and m.moved_by = ${call.actor})) limit 1`)
  if (own && call.context.principal.kind !== 'system') refuse('MOVER_WRITES_OFF', own)
  const lost = (await onRoad(call))
    .map((one) => ({ id: one.id, quantity: one.left }))
    .filter((one) => signOfDecimal(one.quantity) > 0)
  await leaveRoad(
    call,
    'lost',
    lost,
    sql`(select l.id from inventory.location l where l.company_id = h.company_id and l.kind = 'adjustment' and l.warehouse_id is null)`,
  )
  const left = await noteLeft(call, lost)
  const costs = await issue(call, {
    date: call.today,
    event: 'lost',
    issues: sql`select gen_random_uuid() as move_id, l.item_id, l.quantity, l.transfer_id as source_id, l.id as source_line
      from unnest(${left.map((one) => one.id)}::uuid[], ${left.map((one) => one.transfer_id)}::uuid[], ${left.map((one) => one.item_id)}::uuid[], ${left.map((one) => one.quantity)}::numeric[]) as l (id, transfer_id, item_id, quantity)`,
  })
  // The road is cleared of what was sent; the loss is what the goods cost now; the shelf bears the difference.
  const cost = new Map(costs.map((one) => [one.source_line, one.value]))
  await book(
    call,
    'lost',
    left.flatMap((one) => [
      { id: one.transfer_id, value: one.value, debit: 'stock-adjustment', credit: 'in-transit' },
      {
        id: one.transfer_id,
        value: subtractDecimals(one.value, cost.get(one.id) ?? one.value),
        debit: 'inventory',
        credit: 'stock-adjustment',
      },
    ]),
  )
})
