// Receiving puts goods into stock, values them, and posts them against what suppliers will bill.
import type { Static } from '@sinclair/typebox'
import { receive as value } from '#costing'
import { move, placeLots } from '#inventory'
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { post } from '#ledger'
import { resolveSuppliers } from '#party'
import { resolveLines, resolveWarehouses } from '#sales'
import { refuse } from '../refusals.ts'
import { receipt } from './receipt.ts'

export const ReceiptInput = T.object({
  id: T.optional(T.id()),
  warehouse: T.ref('company.warehouse'),
  supplier: T.optional(T.ref('party.supplier')),
  kind: T.optional(T.choice(['goods', 'opening'])),
  reference: T.optional(T.text(60)),
  lines: T.list(
    T.object({
      item: T.ref('catalog.item'),
      quantity: T.quantity(),
      // Whoever counts goods at the dock sees no costs: what is left out is worth what the item's stock is worth now.
      unitCost: T.optional(T.price()),
      lot: T.optional(T.text(40)),
      expiresOn: T.optional(T.date()),
      // Damaged or doubtful goods go to quarantine; a place of its own may be named instead.
      place: T.optional(T.choice(['stock', 'quarantine'])),
      location: T.optional(T.idOf('inventory.location')),
    }),
    20_000,
  ),
})

export const receive = creation(receipt.verbs.receive, ReceiptInput, async (call) => {
  await writeReceipts(call, 'posted')
  await postReceipts(call, call.ids)
})

export const draft = creation(receipt.verbs.draft, ReceiptInput, (call) => writeReceipts(call, 'draft'))

/** Writes receipts and their lines; lots and serials are made where they are new. */
async function writeReceipts(
  call: Call<readonly Static<typeof ReceiptInput>[]>,
  state: 'draft' | 'posted',
): Promise<void> {
  const { tx, companyId, ids, input, numbers } = call
  const [warehouses, items, suppliers] = await Promise.all([
    resolveWarehouses(
      tx,
      companyId,
      input.map((one) => one.warehouse),
    ),
    resolveLines(
      tx,
      input.map((one) => ({ customerId: null, codes: one.lines.map((line) => line.item) })),
    ),
    resolveSuppliers(
      tx,
      companyId,
      input.flatMap((one) => one.supplier ?? []),
    ),
  ])
  const empty = input.flatMap((one) => one.lines).findIndex((line) => signOfDecimal(line.quantity) === 0)
  if (empty >= 0) refuse('RECEIPT_NOTHING', { line: empty + 1 })
  const lines = input.flatMap((one, at) =>
    one.lines.map((line, n) => ({
      ...line,
      id: newId(),
      receipt_id: ids[at] ?? '',
      line: n + 1,
      warehouse_id: warehouses[at] ?? '',
      item_id: items[at]?.[n]?.itemId ?? '',
    })),
  )
  const lots = await placeLots(
    call,
    lines.map((line) => ({ itemId: line.item_id, lot: line.lot, expiresOn: line.expiresOn, quantity: line.quantity })),
  )
  const heads = input.map((one, at) => ({
    id: ids[at],
    number: numbers[at],
    warehouse_id: warehouses[at],
    supplier_id: one.supplier ? suppliers.get(one.supplier)?.id : null,
    kind: one.kind ?? 'goods',
    reference: one.reference ?? null,
  }))
  await tx.run(sql`insert into warehouse.receipt (company_id, id, number, warehouse_id, supplier_id, kind, reference, received_on, state, created_by, created_at, updated_at)
    select ${companyId}, h.id, h.number, h.warehouse_id, h.supplier_id, h.kind, h.reference, ${call.today}::date, ${state}, ${call.actor}, ${call.now}, ${call.now}
      from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h (id uuid, number text, warehouse_id uuid, supplier_id uuid, kind text, reference text)`)
  const rows = lines.map((line, at) => ({
    id: line.id,
    receipt_id: line.receipt_id,
    line: line.line,
    item_id: line.item_id,
    lot_id: lots[at],
    location_id: line.location,
    quantity: line.quantity,
    unit_cost: line.unitCost ?? null,
    warehouse_id: line.warehouse_id,
    place: line.place ?? 'stock',
  }))
  const written =
    await tx.run(sql`insert into warehouse.receipt_line (company_id, id, receipt_id, line, item_id, lot_id, location_id, quantity, unit_cost)
    select ${companyId}, r.id, r.receipt_id, r.line, r.item_id, r.lot_id, p.id, trim_scale(r.quantity), coalesce(r.unit_cost, case when k.quantity > 0 then round(k.value / k.quantity, 6) end, i.standard_cost)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, receipt_id uuid, line int, item_id uuid, lot_id uuid, location_id uuid, quantity numeric, unit_cost numeric, warehouse_id uuid, place text)
      join catalog.v_item i on i.id = r.item_id left join costing.v_item_cost k on k.company_id = ${companyId} and k.item_id = r.item_id
      cross join lateral (select l.id from inventory.v_location l where l.company_id = ${companyId} and l.warehouse_id = r.warehouse_id and l.state = 'active'
           and case when r.location_id is null then l.kind = r.place else l.id = r.location_id and l.kind in ('stock', 'dock', 'quarantine') end order by l.pick_sequence, l.code limit 1) p`)
  if (written !== rows.length) refuse('NO_PLACE')
}

/** Moves the receipts' goods into stock, values them and posts Dr inventory, Cr goods received not invoiced (or opening equity). */
export async function postReceipts(call: Call<unknown>, ids: readonly string[]): Promise<void> {
  const { companyId, today } = call
  const line = sql`select n.id, n.item_id, n.lot_id, n.location_id, n.quantity, n.unit_cost, n.receipt_id, h.kind, h.warehouse_id, h.supplier_id
    from warehouse.receipt h join warehouse.receipt_line n on n.company_id = h.company_id and n.receipt_id = h.id where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])`
  await move(call, {
    date: today,
    event: 'received',
    source: 'warehouse.receipt',
    moves: sql`select n.id as move_id, n.item_id, n.lot_id, f.id as from_id, n.location_id as to_id, n.quantity, n.receipt_id as source_id, n.id as source_line, 'none' as reservation
      from ${line} n join inventory.v_location f on f.company_id = ${companyId} and f.kind = case n.kind when 'opening' then 'opening' else 'supplier' end and f.warehouse_id is null`,
  })
  const values = await value(call, {
    date: today,
    event: 'received',
    receipts: sql`select n.id as move_id, n.item_id, n.quantity, n.unit_cost, n.receipt_id as source_id, n.receipt_id as source_line from ${line} n`,
  })
  await post(call, {
    date: today,
    count: ids.length,
    entries: sql`select h.id as entry_id, 'STK' as journal, 'received' as event, 'warehouse.receipt' as source, h.id as source_id, h.number as description
      from warehouse.receipt h where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])`,
    lines: sql`with worth as (select source_id, sum(value) as value from unnest(${values.map((one) => one.source_id)}::uuid[], ${values.map((one) => one.value)}::numeric[]) as v (source_id, value) group by source_id)
      select w.source_id as entry_id, x.role, null::text as account, h.supplier_id as party_id, null::uuid as item_id, h.warehouse_id,
             case x.side when 1 then w.value else 0 end as debit, case x.side when 1 then 0 else w.value end as credit, b.currency, w.value * x.side as amount_currency
        from worth w join warehouse.receipt h on h.company_id = ${companyId} and h.id = w.source_id join company.v_company b on b.id = ${companyId}
        cross join lateral (values ('inventory', 1), (case h.kind when 'opening' then 'opening-equity' else 'goods-received-not-invoiced' end, -1)) as x (role, side)`,
  })
}
