// Recording a move between places of a warehouse: promised goods stay where they are, unless somebody may take them (INV-05).
import { resolveItems } from '#catalog'
import { creation } from '#kernel/command'
import { may } from '#kernel/context'
import { sql } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { findLots } from '../lots.ts'
import { type Move, move } from '../move.ts'
import { refuse } from '../refusals.ts'
import { placeIds, warehouseIds } from '../resolve.ts'
import { type Loser, type Take, takePromised } from '../take.ts'
import { movement } from './movement.ts'

/** Whoever has this may take promised stock away from the orders that hold it. */
export const TAKE_RESERVED = 'inventory.reservation.override'

/** Places are named by code; quantities are in the item's base unit. */
export const MoveInput = T.object({
  id: T.optional(T.id()),
  warehouse: T.ref('company.warehouse'),
  reason: T.optional(T.text(200)),
  lines: T.list(
    T.object({
      item: T.ref('catalog.item'),
      quantity: T.quantity(),
      lot: T.optional(T.text(40)),
      from: T.ref('inventory.location'),
      to: T.ref('inventory.location'),
    }),
    5_000,
  ),
})

/** Answers with the promises that were taken, if any: `{ taken: [{ source, source_id, source_line, item_id, quantity }] }`. */
export const record = creation(movement.verbs.record, MoveInput, async (call) => {
  const { tx, companyId, ids, input, numbers, now } = call
  const warehouses = await warehouseIds(
    tx,
    companyId,
    input.map((one) => one.warehouse),
  )
  const lines = input.flatMap((one, at) =>
    one.lines.map((line, n) => ({
      ...line,
      number: n + 1,
      document: ids[at] ?? '',
      warehouseId: warehouses[at] ?? '',
    })),
  )
  const [items, places] = await Promise.all([
    resolveItems(
      tx,
      lines.map((line) => ({ code: line.item, line: line.number })),
    ),
    placeIds(
      tx,
      companyId,
      lines.flatMap((line) => [
        { warehouseId: line.warehouseId, ref: line.from },
        { warehouseId: line.warehouseId, ref: line.to },
      ]),
    ),
  ])
  const lots = await findLots(
    call,
    lines.map((line, at) => ({ itemId: items[at]?.itemId ?? '', lot: line.lot })),
  )
  const rows = lines.map((line, at) => ({
    move_id: newId(),
    item_id: items[at]?.itemId,
    lot_id: lots[at],
    from_id: places[2 * at],
    to_id: places[2 * at + 1],
    quantity: line.quantity,
    source_id: line.document,
  }))
  lines.forEach((line, at) => {
    if (signOfDecimal(line.quantity) <= 0) refuse('NOT_POSITIVE', { line: line.number })
    if (rows[at]?.from_id === rows[at]?.to_id) refuse('SAME_PLACE', { line: line.number, item: line.item })
  })
  const heads = input.map((one, at) => ({
    id: ids[at],
    number: numbers[at],
    warehouse_id: warehouses[at],
    reason: one.reason ?? '',
  }))
  await tx.run(sql`insert into inventory.relocation (company_id, id, number, warehouse_id, reason, moved_on, state, created_by, created_at, updated_at)
    select ${companyId}, h.id, h.number, h.warehouse_id, h.reason, ${call.today}::date, 'recorded', ${call.actor}, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h (id uuid, number text, warehouse_id uuid, reason text)`)
  const moving = sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (move_id uuid, item_id uuid, lot_id uuid, from_id uuid, to_id uuid, quantity numeric, source_id uuid)`
  const taken: Loser[] = may(call.context, TAKE_RESERVED)
    ? await takePromised(
        call,
        sql<Take>`select m.from_id as location_id, m.item_id, m.lot_id, m.quantity from ${moving} m`,
      )
    : []
  await move(call, {
    date: call.today,
    event: 'moved',
    source: 'inventory.move',
    moves: sql<Move>`select m.*, m.move_id as source_line, 'none' as reservation from ${moving} m`,
  })
  return taken.length > 0 ? { result: { taken } } : undefined
})
