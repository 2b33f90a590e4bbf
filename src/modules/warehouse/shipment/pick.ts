// Picking brings goods from their bins to packing or to the dock, their promise with them; what is missing is looked for elsewhere.
import type { Static } from '@sinclair/typebox'
import { findLots, move, repromise } from '#inventory'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { addDecimals, compareDecimals, signOfDecimal, subtractDecimals } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { type Listed, listed, moves } from './list.ts'
import { refill } from './refill.ts'
import { shipment } from './shipment.ts'
import { lockOrders } from './waiting.ts'

/**
 * Lines not named are picked in full, unless `partial`: then they stay for later. A line picked short needs a `reason`
 * (in a partial pick, only lines with a reason are short). `lot` is the lot that was taken when it is not the one listed.
 * `shipment` says which list a line number belongs to, when several are picked on one cart.
 */
export const PickInput = T.object({
  partial: T.optional(T.boolean()),
  lines: T.optional(
    T.list(
      T.object({
        shipment: T.optional(T.idOf('warehouse.shipment')),
        line: T.integer(1, 1_000_000),
        picked: T.quantity(),
        lot: T.optional(T.text(40)),
        reason: T.optional(T.text(200)),
      }),
      20_000,
      0,
    ),
  ),
})

type Reported = Listed & {
  taken: string
  missing: string
  reason: string | null
  new_lot: string
  new_id: string | null
}

export const pick = command(shipment.verbs.pick, PickInput, async (call) => {
  const [, lines] = await Promise.all([call.tx.run(lockOrders(call.companyId, call.set)), listed(call)])
  const reported = await takeDown(call, lines)
  const swapped = reported.filter((line) => line.new_lot !== line.lot_id && signOfDecimal(line.taken) > 0)
  if (swapped.length > 0) await repromise(call, swaps(swapped))
  await moveOn(call, reported)
  const missing = reported.filter((line) => signOfDecimal(line.missing) > 0)
  await note(call, reported)
  const found = missing.length > 0 ? await lookElsewhere(call, missing) : new Map<string, string>()
  return finish(call, lines, reported, found)
})

/** What was done with each line: reported, or all of it. */
async function takeDown(call: Call<Static<typeof PickInput>>, lines: readonly Listed[]): Promise<Reported[]> {
  const { partial = false, lines: given = [] } = call.input
  const reports = new Map<string, (typeof given)[number]>()
  for (const one of given) {
    const id = one.shipment ?? (call.ids.length === 1 ? call.ids[0] : undefined)
    const line = lines.find((l) => l.shipment_id === id && l.line === one.line)
    const number = call.rows.find((row) => row.id === id)?.number ?? 'The list'
    if (!line) return refuse('LINE_NOT_HERE', { number, line: one.line })
    if (reports.has(line.line_id)) refuse('LINE_TWICE', { number, line: one.line })
    reports.set(line.line_id, one)
  }
  const open = lines.filter((line) => signOfDecimal(line.open) > 0)
  const done = lines.find((line) => reports.has(line.line_id) && signOfDecimal(line.open) <= 0)
  if (done) refuse('PICK_TOO_MUCH', { ...done, picked: reports.get(done.line_id)?.picked })
  const other = open.filter(
    (line) => reports.get(line.line_id)?.lot !== undefined && reports.get(line.line_id)?.lot !== line.lot,
  )
  const lots = await findLots(
    call,
    other.map((line) => ({ itemId: line.item_id, lot: reports.get(line.line_id)?.lot })),
  )
  const newLots = new Map(other.map((line, at) => [line.line_id, lots[at]]))
  return open.flatMap((line) => {
    const report = reports.get(line.line_id)
    // What needs no shelf needs no picker.
    if (!report && partial && line.kind === 'stock') return []
    const taken = report?.picked ?? line.open
    if (compareDecimals(taken, line.open) > 0) refuse('PICK_TOO_MUCH', { ...line, picked: taken })
    const rest = subtractDecimals(line.open, taken)
    const missing = partial && !report?.reason ? '0' : rest
    if (signOfDecimal(missing) > 0 && !report?.reason) refuse('SHORT_REASON_NEEDED', line)
    const lot = newLots.get(line.line_id) ?? line.lot_id
    // A line of which only a part was taken from another lot stays as it is; the part becomes a line of its own.
    const split = lot !== line.lot_id && taken !== line.quantity
    return [{ ...line, taken, missing, reason: report?.reason ?? null, new_lot: lot, new_id: split ? newId() : null }]
  })
}

const swaps = (lines: readonly Reported[]) => sql<{
  source_line: string
  location_id: string
  item_id: string
  from_lot: string
  to_lot: string
  quantity: string
}>`
  select * from jsonb_to_recordset(${JSON.stringify(
    lines.map((line) => ({
      source_line: line.order_line_id,
      location_id: line.from_id,
      item_id: line.item_id,
      from_lot: line.lot_id,
      to_lot: line.new_lot,
      quantity: line.taken,
    })),
  )}::jsonb) as c (source_line uuid, location_id uuid, item_id uuid, from_lot uuid, to_lot uuid, quantity numeric)`

/** Moves what was taken one step on, promise included, and keeps what is missing apart, promise used up. */
async function moveOn(call: Call<unknown>, lines: readonly Reported[]): Promise<void> {
  const goods = lines.filter((line) => line.kind === 'stock')
  const taken = goods.filter((line) => signOfDecimal(line.taken) > 0 && line.to_id !== line.from_id)
  const missing = goods.filter((line) => signOfDecimal(line.missing) > 0)
  if (taken.length > 0) {
    await move(call, {
      date: call.today,
      event: 'picked',
      source: 'warehouse.shipment',
      moves: moves(
        taken.map((line) => ({ ...line, lot_id: line.new_lot, moved: line.taken })),
        'carried',
      ),
    })
  }
  if (missing.length > 0) {
    await move(call, {
      date: call.today,
      event: 'missing',
      source: 'warehouse.shipment',
      moves: moves(
        missing.map((line) => ({ ...line, to_id: line.kept_at_id, moved: line.missing })),
        'consumed',
      ),
    })
  }
}

/** Writes down what was picked and what is missing, and opens a search for the missing goods. */
async function note(call: Call<unknown>, lines: readonly Reported[]): Promise<void> {
  const { companyId } = call
  const rows = JSON.stringify(
    lines.map((line) => ({
      id: line.line_id,
      shipment_id: line.shipment_id,
      warehouse_id: line.warehouse_id,
      taken: line.taken,
      missing: line.missing,
      reason: line.reason,
      lot_id: line.new_lot,
      to_id: line.to_id,
      new_id: line.new_id,
      kept_at_id: line.kept_at_id,
      stock: line.kind === 'stock',
    })),
  )
  await call.tx.run(sql`with done as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as d (id uuid, shipment_id uuid, warehouse_id uuid, taken numeric, missing numeric, reason text, lot_id uuid, to_id uuid, new_id uuid, kept_at_id uuid, stock boolean)
    ), noted as (
      update warehouse.shipment_line n set picked = n.picked + case when d.new_id is null then d.taken else 0 end, short = n.short + d.missing, short_reason = coalesce(d.reason, n.short_reason),
             quantity = n.quantity - case when d.new_id is null then 0 else d.taken end, lot_id = case when d.new_id is null then d.lot_id else n.lot_id end,
             location_id = case when d.taken > 0 and d.new_id is null then d.to_id else n.location_id end
        from done d where n.company_id = ${companyId} and n.id = d.id
    ), split as (
      insert into warehouse.shipment_line (company_id, id, shipment_id, line, order_line_id, item_id, lot_id, from_id, location_id, quantity, picked)
      select ${companyId}, d.new_id, n.shipment_id, (select max(m.line) from warehouse.shipment_line m where m.company_id = ${companyId} and m.shipment_id = n.shipment_id)
               + row_number() over (partition by n.shipment_id order by n.line), n.order_line_id, n.item_id, d.lot_id, n.from_id, d.to_id, d.taken, d.taken
        from done d join warehouse.shipment_line n on n.company_id = ${companyId} and n.id = d.id where d.new_id is not null
    ), searched as (
      insert into warehouse.shortage (company_id, id, shipment_id, shipment_line_id, warehouse_id, item_id, lot_id, bin_id, kept_at_id, quantity, reason, reported_by, reported_at)
      select ${companyId}, gen_random_uuid(), d.shipment_id, d.id, d.warehouse_id, n.item_id, n.lot_id, n.from_id, d.kept_at_id, d.missing, d.reason, ${call.actor}, ${call.now}
        from done d join warehouse.shipment_line n on n.company_id = ${companyId} and n.id = d.id where d.missing > 0 and d.stock
    )
    update warehouse.shipment h set picked_by = ${call.actor} from ${call.set} s where h.company_id = ${companyId} and h.id = s.id`)
}

/** Promises the missing goods from other bins or lots, if there are any, and puts them on the same list. */
async function lookElsewhere(call: Call<unknown>, missing: readonly Reported[]): Promise<ReadonlyMap<string, string>> {
  return await refill(
    call,
    missing.map((line) => ({
      order_id: line.order_id,
      order_line_id: line.order_line_id,
      warehouse_id: line.warehouse_id,
      item_id: line.item_id,
      quantity: line.missing,
    })),
  )
}

/** Where each list ends up, and what the picker is told about short lines. */
function finish(
  call: Call<unknown>,
  lines: readonly Listed[],
  reported: readonly Reported[],
  found: ReadonlyMap<string, string>,
) {
  const states = new Map(
    call.ids.map((id) => {
      const own = lines.filter((line) => line.shipment_id === id)
      const open = own.some((line) => {
        const done = reported.find((one) => one.line_id === line.line_id)
        return signOfDecimal(subtractDecimals(line.open, addDecimals(done?.taken ?? '0', done?.missing ?? '0'))) > 0
      })
      const more = reported.some(
        (line) => line.shipment_id === id && signOfDecimal(line.missing) > 0 && found.has(line.order_line_id),
      )
      const begun =
        own.some((line) => signOfDecimal(line.picked) > 0) ||
        reported.some((line) => line.shipment_id === id && signOfDecimal(line.taken) > 0)
      return [id, open || more ? 'released' : begun ? 'picked' : 'cancelled']
    }),
  )
  const short = reported
    .filter((line) => signOfDecimal(line.missing) > 0)
    .map((line) => ({
      shipment: line.number,
      line: line.line,
      item: line.item,
      short: line.missing,
      reason: line.reason,
      elsewhere: found.get(line.order_line_id) ?? '0',
    }))
  return short.length > 0 ? { states, result: { short } } : { states }
}
