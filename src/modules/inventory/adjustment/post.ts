// Posting an adjustment changes the stock, its value and the ledger in one go, on its own date (INV-12).
import { type Cost, issue, receive } from '#costing'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { post as postEntry, requireOpen } from '#ledger'
import { type Move, move } from '../move.ts'
import { type Loser, type Take, takePromised } from '../take.ts'
import { APPROVAL, adjustment, DIFFERENCE, REASONS } from './adjustment.ts'
import { assess } from './assess.ts'

/** A drafted adjustment may be posted at once when nobody has to approve it; else APPROVAL_NEEDED. */
export const post = command(adjustment.verbs.post, T.object({}), async (call) => {
  const drafted = call.rows.filter((row) => row.state === 'draft').map((row) => row.id)
  const open =
    drafted.length > 0 ? (await assess({ ...call, ids: drafted })).find((one) => one.asked !== null) : undefined
  if (open)
    refuseKernel('APPROVAL_NEEDED', { document: adjustment.label, number: open.number, kind: APPROVAL, id: open.id })
  const days = await call.tx.rows(sql<{
    date: string
    ids: string[]
  }>`select posting_date as date, array_agg(id order by id) as ids from inventory.adjustment h
    join ${call.set} s using (id) where company_id = ${call.companyId} group by posting_date order by posting_date`)
  const losers: Loser[] = []
  for (const { date, ids } of days) losers.push(...(await postDay(call, date, ids)))
  return losers.length > 0 ? { result: { taken: losers } } : undefined
})

async function postDay(call: Call<unknown>, date: string, ids: readonly string[]): Promise<Loser[]> {
  const { companyId } = call
  await requireOpen(call, date)
  const line = sql`select n.id, n.adjustment_id, n.item_id, n.lot_id, n.location_id, n.quantity, n.unit_cost, h.reason_code
    from inventory.adjustment h join inventory.adjustment_line n on n.company_id = h.company_id and n.adjustment_id = h.id and n.quantity <> 0
   where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])`
  // What is not there cannot be kept for anybody: promises give way, the newest first, and the answer names them.
  const losers = await takePromised(
    call,
    sql<Take>`select n.location_id, n.item_id, n.lot_id, -n.quantity as quantity from ${line} n where n.quantity < 0`,
  )
  await move(call, {
    date,
    event: 'adjusted',
    source: 'inventory.adjustment',
    moves: sql<Move>`select n.id as move_id, n.item_id, n.lot_id, case when n.quantity < 0 then n.location_id else x.id end as from_id, case when n.quantity < 0 then x.id else n.location_id end as to_id,
        abs(n.quantity) as quantity, n.adjustment_id as source_id, n.id as source_line, 'none' as reservation
      from ${line} n join inventory.location x on x.company_id = ${companyId} and x.warehouse_id is null and x.kind = coalesce(${placeOf} ->> n.reason_code, ${DIFFERENCE.place})`,
  })
  const lost = await issue(call, {
    date,
    event: 'adjusted',
    issues: sql`select n.id as move_id, n.item_id, -n.quantity as quantity, n.adjustment_id as source_id, n.id as source_line from ${line} n where n.quantity < 0`,
  })
  const found = await receive(call, {
    date,
    event: 'adjusted',
    receipts: sql`select n.id as move_id, n.item_id, n.quantity, coalesce(n.unit_cost, case when c.quantity > 0 then c.value / c.quantity else i.standard_cost end) as unit_cost, n.adjustment_id as source_id, n.id as source_line
      from ${line} n join catalog.v_item i on i.id = n.item_id left join costing.v_item_cost c on c.company_id = ${companyId} and c.item_id = n.item_id where n.quantity > 0`,
  })
  await book(call, date, ids, lost, found)
  return losers
}

const placeOf = sql`${JSON.stringify(Object.fromEntries(Object.entries(REASONS).map(([reason, { place }]) => [reason, place])))}::jsonb`
const roleOf = sql`${JSON.stringify(Object.fromEntries(Object.entries(REASONS).map(([reason, { role }]) => [reason, role])))}::jsonb`

/** Losses: Dr the role of the reason, Cr inventory; what was found the other way round. Writes the values really posted. */
async function book(
  call: Call<unknown>,
  date: string,
  ids: readonly string[],
  lost: readonly Cost[],
  found: readonly Cost[],
): Promise<void> {
  const { companyId } = call
  const signed = [...lost.map((one) => ({ ...one, side: -1 })), ...found.map((one) => ({ ...one, side: 1 }))].filter(
    (one) => compareDecimals(one.value, '0') !== 0,
  )
  const worth = sql`select * from unnest(${signed.map((one) => one.source_id)}::uuid[], ${signed.map((one) => one.source_line)}::uuid[], ${signed.map((one) => one.value)}::numeric[], ${signed.map((one) => one.side)}::int[]) as w (id, line_id, value, side)`
  await call.tx.run(sql`with line as (update inventory.adjustment_line n set value = w.value * w.side from ${worth} w where n.company_id = ${companyId} and n.id = w.line_id)
    update inventory.adjustment h set value = s.value, amount = s.amount
      from (select id, sum(value * side) as value, sum(value) as amount from ${worth} w group by id) s where h.company_id = ${companyId} and h.id = s.id`)
  await postEntry(call, {
    date,
    count: ids.length,
    entries: sql`select h.id as entry_id, 'STK' as journal, 'adjusted' as event, 'inventory.adjustment' as source, h.id as source_id, h.number || ' ' || h.reason_code as description
      from inventory.adjustment h where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])`,
    lines: sql`select w.id as entry_id, x.role, null::text as account, null::uuid as party_id, null::uuid as item_id, h.warehouse_id,
             case when x.side * w.side > 0 then w.value else 0 end as debit, case when x.side * w.side > 0 then 0 else w.value end as credit, b.currency, w.value * x.side * w.side as amount_currency
        from (select id, side, sum(value) as value from ${worth} w group by id, side) w join inventory.adjustment h on h.company_id = ${companyId} and h.id = w.id
        join company.v_company b on b.id = ${companyId}
        cross join lateral (values ('inventory', 1), (coalesce(${roleOf} ->> h.reason_code, ${DIFFERENCE.role}), -1)) as x (role, side)`,
  })
}
