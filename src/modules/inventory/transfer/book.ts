// What a transfer does to the ledger: value goes from the shelf to the road and from the road to the other shelf.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { post } from '#ledger'

/** Value that goes from one role to another, in the company's currency, for one transfer. */
export type Shift = { id: string; value: string; debit: string; credit: string }

/** Posts the shifts of one event. A transfer may arrive in parts, so the event carries its version. */
export async function book(call: Call<unknown>, event: string, shifts: readonly Shift[]): Promise<void> {
  const ids = [...new Set(shifts.map((one) => one.id))]
  const entries = new Map(ids.map((id) => [id, newId()]))
  const versions = new Map(call.rows.map((row) => [row.id, row.version]))
  await post(call, {
    date: call.today,
    count: ids.length,
    entries: sql`select e.entry_id, 'STK' as journal, ${event}::text || '-' || e.version as event, 'inventory.transfer' as source, h.id as source_id, h.number as description
      from unnest(${[...entries.values()]}::uuid[], ${ids}::uuid[], ${ids.map((id) => versions.get(id) ?? 0)}::int[]) as e (entry_id, id, version)
      join inventory.transfer h on h.company_id = ${call.companyId} and h.id = e.id`,
    lines: sql`select s.id as entry_id, x.role, null::text as account, null::uuid as party_id, null::uuid as item_id, null::uuid as warehouse_id,
        greatest(s.value * x.side, 0) as debit, greatest(-s.value * x.side, 0) as credit, b.currency, s.value * x.side as amount_currency
      from unnest(${shifts.map((one) => entries.get(one.id))}::uuid[], ${shifts.map((one) => one.value)}::numeric[], ${shifts.map((one) => one.debit)}::text[], ${shifts.map((one) => one.credit)}::text[]) as s (id, value, debit, credit)
      join company.v_company b on b.id = ${call.companyId} cross join lateral (values (s.debit, 1), (s.credit, -1)) as x (role, side)`,
  })
}
