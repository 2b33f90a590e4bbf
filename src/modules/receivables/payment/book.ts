// Applications and money in the books and in the exposure, forwards and, with the sign turned, backwards.
import { changeExposure } from '#credit'
import { relation, type Sql, sql } from '#kernel/db'
import { type EntryLine, post } from '#ledger'
import type { Settler } from './settle.ts'

/** A payment or credit note whose applications are booked, in which entry, and whether its money itself comes (or goes). */
export type Settled = { source_id: string; entry_id: string; event: string; money: boolean }

/**
 * Books these applications and, where a source says so, its money. Money: Dr bank, Cr receivable (a deposit: customer
 * deposits). Application: what it takes from the money (a deposit: Dr customer deposits) against the receivable, discount
 * (with its share of tax where the company's setting says so), write-off and exchange difference each in its account.
 * `sign` -1 takes exactly that back.
 */
export async function book(
  call: Settler,
  given: { sources: readonly Settled[]; applications: readonly string[]; sign: 1 | -1 },
): Promise<void> {
  const { companyId } = call
  if (given.sources.length === 0) return
  const source = relation({ source_id: 'uuid', entry_id: 'uuid', event: 'text', money: 'boolean' }, given.sources)
  const money = sql`select e.entry_id, p.customer_id, p.currency, p.amount * ${given.sign}::numeric as amount, p.base_amount * ${given.sign}::numeric as base, p.kind
    from ${source} e join receivables.payment p on p.company_id = ${companyId} and p.id = e.source_id where e.money`
  const settled = sql`select e.entry_id, i.customer_id, i.currency, i.total, a.invoice_id, case p.kind when 'deposit' then 'customer-deposit' else 'receivable' end as taken_from,
      a.amount * ${given.sign}::numeric as amount, a.discount * ${given.sign}::numeric as discount, a.write_off * ${given.sign}::numeric as write_off, a.exchange_difference * ${given.sign}::numeric as difference,
      a.base_settled * ${given.sign}::numeric as base_settled, a.base_taken * ${given.sign}::numeric as base_taken, a.base_discount * ${given.sign}::numeric as base_discount,
      a.base_discount_tax * ${given.sign}::numeric as base_discount_tax, a.base_write_off * ${given.sign}::numeric as base_write_off
    from receivables.application a join ${source} e on e.source_id = coalesce(a.payment_id, a.credit_id)
    join receivables.invoice i on i.company_id = a.company_id and i.id = a.invoice_id
    left join receivables.payment p on p.company_id = a.company_id and p.id = a.payment_id
   where a.company_id = ${companyId} and a.id = any(${given.applications}::uuid[])`
  // Credit accounts are locked before account balances, as everywhere.
  await changeExposure(
    call.tx,
    companyId,
    sql`select customer_id, 0 as open_orders, 0 as unbilled, 0 as receivable, amount as unapplied from ${money} m
    union all select customer_id, 0, 0, -amount - discount - write_off, -amount from ${settled} s`,
  )
  await post(call, {
    date: call.today,
    count: given.sources.length,
    entries: sql`select e.entry_id, case when p.id is null then 'SCN' else 'CSH' end as journal, e.event, case when p.id is null then 'receivables.credit-note' else 'receivables.payment' end as source,
        e.source_id, coalesce(p.number, c.number, '') as description
      from ${source} e left join receivables.payment p on p.company_id = ${companyId} and p.id = e.source_id left join receivables.invoice c on c.company_id = ${companyId} and c.id = e.source_id`,
    lines: linesOf(companyId, money, settled),
  })
}

const linesOf = (
  companyId: number,
  money: Sql,
  settled: Sql,
): Sql<EntryLine> => sql<EntryLine>`with s as materialized (${settled}), m as materialized (${money}), taxes as (
      select s.entry_id, s.customer_id, s.currency, t.account, round(s.base_discount * t.amount / s.total, b.digits) as amount, round(s.discount * t.amount / s.total, y.digits) as foreign_amount
        from s join receivables.tax_line t on t.company_id = ${companyId} and t.invoice_id = s.invoice_id
        join company.v_company b on b.id = ${companyId} join company.v_currency y on y.code = s.currency where s.base_discount_tax <> 0
    ), part as (
      select entry_id, 'bank' as role, null::text as account, customer_id, base as amount, currency, amount as foreign_amount from m
      union all
      select entry_id, case kind when 'deposit' then 'customer-deposit' else 'receivable' end, null, customer_id, -base, currency, -amount from m
      union all
      select entry_id, taken_from, null, customer_id, base_taken, currency, amount from s
      union all
      select entry_id, 'receivable', null, customer_id, -base_settled, currency, -amount - discount - write_off from s
      union all
      select entry_id, 'settlement-discount', null, customer_id, base_discount, currency, discount from s
      union all
      select entry_id, 'settlement-discount', null, customer_id, -amount, currency, -foreign_amount from taxes
      union all
      select entry_id, 'tax', account, customer_id, amount, currency, foreign_amount from taxes
      union all
      select entry_id, 'write-off', null, customer_id, base_write_off, currency, write_off from s
      union all
      select entry_id, 'exchange-difference', null, customer_id, -difference, currency, 0 from s
    )
    select entry_id, role, account, customer_id as party_id, null::uuid as item_id, null::uuid as warehouse_id, greatest(amount, 0) as debit, greatest(-amount, 0) as credit, currency, foreign_amount as amount_currency
      from (select entry_id, role, account, customer_id, currency, sum(amount) as amount, sum(foreign_amount) as foreign_amount from part group by 1, 2, 3, 4, 5) p`
