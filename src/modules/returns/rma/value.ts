// What returned goods do to the books: at the cost of the shipment they came from, back and forth.
import type { Call } from '#kernel/command'
import { relation, type Sql, sql } from '#kernel/db'
import { compareDecimals, divideDecimals, multiplyDecimals, parseDecimal, subtractDecimals } from '#kernel/decimal'
import { post } from '#ledger'

/** An amount of one return moved from one role to another, both in the company's currency. */
export type Amount = { rma_id: string; debit: string; credit: string; amount: string }

/** What order line `l` would have to invoice if `returned` were back; two of them differ by the goods that were never invoiced. */
export const billable = (returned: Sql): Sql =>
  sql`greatest(l.shipped - greatest(${returned} - l.credited, 0) - l.invoiced, 0)`

/** Posts one entry for each return, dated today. An amount of zero posts nothing. */
export async function postAmounts(
  call: Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now' | 'today'>,
  entries: ReadonlyMap<string, { entry: string; event: string }>,
  amounts: readonly Amount[],
): Promise<void> {
  const { companyId } = call
  const heads = relation(
    { rma_id: 'uuid', entry_id: 'uuid', event: 'text' },
    [...entries].map(([rma_id, one]) => ({ rma_id, entry_id: one.entry, event: one.event })),
  )
  const given = relation({ rma_id: 'uuid', debit: 'text', credit: 'text', amount: 'numeric' }, amounts)
  await post(call, {
    date: call.today,
    count: entries.size,
    entries: sql`select e.entry_id, 'STK' as journal, e.event, 'returns.rma' as source, h.id as source_id, h.number as description from ${heads} e join returns.rma h on h.company_id = ${companyId} and h.id = e.rma_id`,
    lines: sql`select e.entry_id, x.role, null::text as account, h.customer_id as party_id, null::uuid as item_id, h.warehouse_id, sum(greatest(x.side * a.amount, 0)) as debit, sum(greatest(-x.side * a.amount, 0)) as credit, b.currency, sum(x.side * a.amount) as amount_currency
      from ${given} a join ${heads} e on e.rma_id = a.rma_id join returns.rma h on h.company_id = ${companyId} and h.id = a.rma_id join company.v_company b on b.id = ${companyId}
      cross join lateral (values (a.debit, 1), (a.credit, -1)) as x (role, side) group by e.entry_id, x.role, h.customer_id, h.warehouse_id, b.currency, x.side`,
  })
}

/**
 * The value of goods between inventory and where their cost stands: of what was never invoiced, in shipped-not-invoiced,
 * rounded half up to the places of the value; the rest in cost of sales. Sign 1 brings goods back, -1 sends them away.
 */
export function split(
  one: { rma_id: string; quantity: string; unbilled: string },
  value: string,
  sign: 1 | -1,
): Amount[] {
  const scale = parseDecimal(value).scale
  const waiting =
    compareDecimals(one.unbilled, '0') > 0
      ? divideDecimals(multiplyDecimals(value, one.unbilled), one.quantity, { scale, rounding: 'half-up' })
      : '0'
  const sides = (role: string) =>
    sign === 1 ? { debit: 'inventory', credit: role } : { debit: role, credit: 'inventory' }
  return [
    { rma_id: one.rma_id, ...sides('shipped-not-invoiced'), amount: waiting },
    { rma_id: one.rma_id, ...sides('cost-of-sales'), amount: subtractDecimals(value, waiting) },
  ]
}
