// Drafting an adjustment takes down differences, or counts that are compared with the books as they were when it was counted.
import { resolveItems } from '#catalog'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { placeLots } from '../lots.ts'
import { refuse } from '../refusals.ts'
import { placeIds, warehouseIds } from '../resolve.ts'
import { adjustment } from './adjustment.ts'

/**
 * A line gives `quantity`, the signed difference in base units, or `counted` with the instant of counting (now, when not
 * given). `unitCost` (company currency) values what was found; without it the running average does. `on` may lie back in
 * an open period.
 */
export const AdjustmentInput = T.object({
  id: T.optional(T.id()),
  warehouse: T.ref('company.warehouse'),
  reason: T.code(),
  remark: T.optional(T.text(500)),
  on: T.optional(T.date()),
  lines: T.list(
    T.object({
      item: T.ref('catalog.item'),
      lot: T.optional(T.text(40)),
      location: T.optional(T.ref('inventory.location')),
      quantity: T.optional(T.signedQuantity()),
      counted: T.optional(T.quantity()),
      countedAt: T.optional(T.instant()),
      unitCost: T.optional(T.price()),
    }),
    5_000,
  ),
})

export const draft = creation(adjustment.verbs.draft, AdjustmentInput, async (call) => {
  const { tx, companyId, ids, input, numbers, now } = call
  for (const one of input) if (one.on !== undefined && one.on > call.today) refuse('DATE_AHEAD', { date: one.on })
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
  for (const line of lines) {
    if ((line.quantity === undefined) === (line.counted === undefined)) refuse('ADJUSTMENT_LINE', { line: line.number })
    if (line.countedAt !== undefined && line.countedAt > now.toISOString())
      refuse('COUNTED_LATER', { line: line.number })
  }
  const [items, places] = await Promise.all([
    resolveItems(
      tx,
      lines.map((line) => ({ code: line.item, line: line.number })),
    ),
    placeIds(
      tx,
      companyId,
      lines.map((line) => ({ warehouseId: line.warehouseId, ref: line.location })),
    ),
  ])
  const lots = await placeLots(
    call,
    lines.map((line, at) => ({ itemId: items[at]?.itemId ?? '', lot: line.lot, expiresOn: undefined, quantity: '1' })),
  )
  const heads = input.map((one, at) => ({
    id: ids[at],
    number: numbers[at],
    warehouse_id: warehouses[at],
    posting_date: one.on ?? call.today,
    reason_code: one.reason,
    remark: one.remark ?? '',
  }))
  const rows = lines.map((line, at) => ({
    id: newId(),
    adjustment_id: line.document,
    line: line.number,
    item_id: items[at]?.itemId,
    lot_id: lots[at],
    location_id: places[at],
    quantity: line.quantity ?? null,
    counted: line.counted ?? null,
    counted_at: line.counted === undefined ? null : (line.countedAt ?? now.toISOString()),
    unit_cost: line.unitCost ?? null,
  }))
  await tx.run(sql`insert into inventory.adjustment (company_id, id, number, warehouse_id, posting_date, reason_code, remark, state, created_by, created_at, updated_at)
    select ${companyId}, h.*, 'draft', ${call.actor}, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h (id uuid, number text, warehouse_id uuid, posting_date date, reason_code text, remark text)`)
  // What the books said at the instant of counting: what they say now, less what moved since.
  await tx.run(sql`insert into inventory.adjustment_line (company_id, id, adjustment_id, line, item_id, lot_id, location_id, quantity, expected, counted, counted_at, unit_cost)
    select ${companyId}, r.id, r.adjustment_id, r.line, r.item_id, r.lot_id, r.location_id, trim_scale(coalesce(r.quantity, r.counted - e.expected)),
           case when r.counted is not null then e.expected end, r.counted, r.counted_at, r.unit_cost
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, adjustment_id uuid, line int, item_id uuid, lot_id uuid, location_id uuid, quantity numeric, counted numeric, counted_at timestamptz, unit_cost numeric)
      cross join lateral (select trim_scale(coalesce((select b.on_hand from inventory.balance b where b.company_id = ${companyId} and b.location_id = r.location_id and b.item_id = r.item_id and b.lot_id = r.lot_id), 0)
          - coalesce((select sum(case when m.to_id = r.location_id then m.quantity else -m.quantity end) from inventory.move m
              where m.company_id = ${companyId} and m.item_id = r.item_id and m.lot_id = r.lot_id and r.location_id in (m.from_id, m.to_id) and m.moved_at > r.counted_at), 0)) as expected) e`)
})
