// What an adjustment is worth, and whether somebody else must look at it first.
import { stepsFor } from '#kernel/approvals'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { addDecimals } from '#kernel/decimal'
import { refuse } from '../refusals.ts'
import { APPROVAL } from './adjustment.ts'

/** `amount` and `value` in the company's currency: without and with sign. `asked` is the amount to be approved, or null. */
export type Assessed = {
  id: string
  number: string
  amount: string
  value: string
  fingerprint: string
  created_by: string
  asked: string | null
}
type Row = Omit<Assessed, 'asked'> & { beyond: boolean; lines: string; least: string | null }

/**
 * Values every line (its own unit cost, else the running average, else the standard cost), writes the sums and says what
 * must be approved: what the matrix asks for by value; and any line beyond the company's count_tolerance_percent of its
 * stock (default 2), however small its value, by whoever approves the smallest values. Refuses ADJUSTMENT_EMPTY.
 */
export async function assess(call: Pick<Call<unknown>, 'tx' | 'companyId' | 'ids'>): Promise<Assessed[]> {
  const { tx, companyId } = call
  const rows = await tx.rows(sql<Row>`with line as materialized (
      select n.id, n.adjustment_id, n.line, n.quantity, round(n.quantity * coalesce(n.unit_cost, case when c.quantity > 0 then c.value / c.quantity else i.standard_cost end), b.digits) as value,
             abs(n.quantity) * 100 > coalesce((b.settings ->> 'count_tolerance_percent')::numeric, 2) * coalesce(n.expected, k.on_hand, 0) as beyond
        from inventory.adjustment_line n join catalog.v_item i on i.id = n.item_id cross join company.v_company b
        left join costing.v_item_cost c on c.company_id = n.company_id and c.item_id = n.item_id
        left join inventory.balance k on k.company_id = n.company_id and k.location_id = n.location_id and k.item_id = n.item_id and k.lot_id = n.lot_id
       where n.company_id = ${companyId} and n.adjustment_id = any(${call.ids}::uuid[]) and b.id = ${companyId}
    ), valued as (
      update inventory.adjustment_line n set value = l.value from line l where n.company_id = ${companyId} and n.id = l.id
    ), summed as materialized (
      select adjustment_id, sum(abs(value)) as amount, sum(value) as value, bool_or(beyond) as beyond, count(*) filter (where quantity <> 0) as lines,
             md5(string_agg(id::text || quantity, ',' order by line)) as fingerprint
        from line group by adjustment_id
    )
    update inventory.adjustment h set amount = s.amount, value = s.value
      from summed s where h.company_id = ${companyId} and h.id = s.adjustment_id
    returning h.id, h.number, h.created_by, s.amount::text, s.value::text, s.fingerprint, s.beyond, s.lines::text,
      (select min(r.above)::text from kernel.approval_rule r where r.company_id = ${companyId} and r.kind = ${APPROVAL}) as least`)
  const empty = rows.find((row) => row.lines === '0')
  if (empty) refuse('ADJUSTMENT_EMPTY', empty)
  return await Promise.all(
    rows.map(async ({ beyond, least, lines: _, ...row }) => {
      const steps = await stepsFor(tx, companyId, APPROVAL, row.amount)
      if (steps.length > 0) return { ...row, asked: row.amount }
      return { ...row, asked: beyond ? addDecimals(least ?? '0', '0.0001') : null }
    }),
  )
}
