// Drafting a transfer plans what goes from one warehouse to another; nothing is promised yet.
import { resolveItems } from '#catalog'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { warehouseIds } from '../resolve.ts'
import { transfer } from './transfer.ts'

/** Quantities in base units. Lots are chosen when it is sent, first expiry first. */
export const TransferInput = T.object({
  id: T.optional(T.id()),
  from: T.ref('company.warehouse'),
  to: T.ref('company.warehouse'),
  dueOn: T.optional(T.date()),
  note: T.optional(T.text(500)),
  lines: T.list(T.object({ item: T.ref('catalog.item'), quantity: T.quantity() }), 5_000),
})

export const draft = creation(transfer.verbs.draft, TransferInput, async (call) => {
  const { tx, companyId, ids, input, numbers, now } = call
  const warehouses = await warehouseIds(
    tx,
    companyId,
    input.flatMap((one) => [one.from, one.to]),
  )
  const lines = input.flatMap((one, at) => one.lines.map((line, n) => ({ ...line, line: n + 1, transfer_id: ids[at] })))
  const items = await resolveItems(
    tx,
    lines.map((line) => ({ code: line.item, line: line.line })),
  )
  for (const line of lines) if (signOfDecimal(line.quantity) <= 0) refuse('NOT_POSITIVE', { line: line.line })
  const heads = input.map((one, at) => ({
    id: ids[at],
    number: numbers[at],
    from_id: warehouses[2 * at],
    to_id: warehouses[2 * at + 1],
    due_on: one.dueOn,
    note: one.note ?? '',
  }))
  for (const head of heads) if (head.from_id === head.to_id) refuse('SAME_WAREHOUSE', { number: head.number })
  const rows = lines.map((line, at) => ({
    id: newId(),
    transfer_id: line.transfer_id,
    line: line.line,
    item_id: items[at]?.itemId,
    quantity: line.quantity,
  }))
  await tx.run(sql`insert into inventory.transfer (company_id, id, number, from_warehouse_id, to_warehouse_id, due_on, note, state, created_by, created_at, updated_at)
    select ${companyId}, h.*, 'draft', ${call.actor}, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h (id uuid, number text, from_id uuid, to_id uuid, due_on date, note text)`)
  await tx.run(sql`insert into inventory.transfer_line (company_id, id, transfer_id, line, item_id, quantity)
    select ${companyId}, r.id, r.transfer_id, r.line, r.item_id, trim_scale(r.quantity) from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, transfer_id uuid, line int, item_id uuid, quantity numeric)`)
})
