// Receiving a transfer puts what arrived on the shelf; what is missing stays in transit, with its value, until it is explained.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { compareDecimals, signOfDecimal, subtractDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { leaveRoad, noteLeft, onRoad } from './arrive.ts'
import { book } from './book.ts'
import { transfer } from './transfer.ts'

/** Lines that are not named arrive in full. Lines are named for one transfer at a time. */
export const ArrivalInput = T.object({
  lines: T.optional(T.list(T.object({ line: T.integer(1, 10_000), received: T.quantity() }), 5_000, 0)),
})

export const receive = command(transfer.verbs.receive, ArrivalInput, async (call) => {
  const road = await onRoad(call)
  const reports = new Map((call.input.lines ?? []).map((one) => [one.line, one.received]))
  for (const [line, received] of reports) {
    const known = road.find((one) => one.line === line)
    if (call.ids.length > 1 || !known || compareDecimals(received, known.left) > 0)
      refuse('TRANSFER_LINE', { number: road[0]?.number, line, received, sent: known?.left ?? '0' })
  }
  const leaving = road
    .map((one) => ({ ...one, quantity: reports.get(one.line) ?? one.left }))
    .filter((one) => signOfDecimal(one.quantity) > 0)
  const place = sql`(select l.id from inventory.location l where l.company_id = h.company_id and l.warehouse_id = h.to_warehouse_id and l.kind = 'stock' and l.state = 'active' order by l.pick_sequence, l.code limit 1)`
  if (leaving.length > 0) {
    await leaveRoad(call, 'received', leaving, place)
    const left = await noteLeft(call, leaving)
    await book(
      call,
      'received',
      left.map((one) => ({ id: one.transfer_id, value: one.value, debit: 'inventory', credit: 'in-transit' })),
    )
  }
  await call.tx.run(
    sql`update inventory.transfer h set received_on = ${call.today}::date from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id`,
  )
  const missing = (id: string) =>
    road.some(
      (one) =>
        one.transfer_id === id &&
        signOfDecimal(subtractDecimals(one.left, leaving.find((l) => l.id === one.id)?.quantity ?? '0')) > 0,
    )
  return { states: new Map(call.ids.map((id) => [id, missing(id) ? 'short' : 'received'])) }
})
