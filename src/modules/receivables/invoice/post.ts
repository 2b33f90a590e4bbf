// Invoices and credit notes in the books: receivable against revenue and tax, and the cost of what was shipped into cost of sales.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { post } from '#ledger'

/**
 * Posts documents dated today, in the company's currency at the document's rate. Invoice: Dr receivable, Cr revenue, Cr
 * tax; Dr cost of sales, Cr shipped-not-invoiced. Credit note: the sides exchanged, returned goods from sales returns and
 * claims from revenue; the cost of returned goods was posted when they came. The receivable is the total converted and
 * rounded once, each tax account and each kind of revenue too; the largest revenue takes the cents that are left.
 */
export async function postInvoices(
  call: Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now' | 'today'>,
  ids: readonly string[],
): Promise<void> {
  const { companyId } = call
  const docs = sql`select i.id, i.kind, i.number, i.customer_id, i.currency, i.rate, i.total, i.base_total, i.rma_id, i.order_id from receivables.invoice i where i.company_id = ${companyId} and i.id = any(${ids}::uuid[])`
  await post(call, {
    date: call.today,
    count: ids.length,
    entries: sql`select d.id as entry_id, case d.kind when 'invoice' then 'SAL' else 'SCN' end as journal, 'issued' as event,
        case d.kind when 'invoice' then 'receivables.invoice' else 'receivables.credit-note' end as source, d.id as source_id, coalesce(o.number, '') as description
      from ${docs} d left join sales.v_order o on o.company_id = ${companyId} and o.id = d.order_id`,
    lines: sql`with doc as materialized (
        select d.*, case d.kind when 'invoice' then 1 else -1 end as sign, b.currency as base, b.digits, o.warehouse_id
          from ${docs} d join company.v_company b on b.id = ${companyId} left join sales.v_order o on o.company_id = ${companyId} and o.id = d.order_id
      ), revenue as (
        select d.id, case when n.kind = 'service' then 'freight-income' when n.kind = 'fee' then 'restocking-fee' when d.rma_id is not null then 'sales-returns' else 'revenue' end as role,
               null::text as account, sum(n.net) as amount
          from doc d join receivables.invoice_line n on n.company_id = ${companyId} and n.invoice_id = d.id group by 1, 2
        union all
        select d.id, 'tax', t.account, sum(t.amount) from doc d join receivables.tax_line t on t.company_id = ${companyId} and t.invoice_id = d.id group by 1, t.account
      ), rounded as (
        select r.*, round(r.amount * d.rate, d.digits) as base_amount, row_number() over (partition by r.id order by r.role = 'tax', abs(r.amount) desc, r.role) as place
          from revenue r join doc d on d.id = r.id
      ), worth as (
        select r.id, r.role, r.account, r.base_amount + case r.place when 1 then d.base_total - sum(r.base_amount) over (partition by r.id) else 0 end as base_amount,
               r.amount + case r.place when 1 then d.total - sum(r.amount) over (partition by r.id) else 0 end as amount
          from rounded r join doc d on d.id = r.id
      ), cost as (
        select d.id, sum(n.cost) as amount from doc d join receivables.invoice_line n on n.company_id = ${companyId} and n.invoice_id = d.id where d.sign = 1 group by 1
      ), signed as (
        select d.id, 'receivable' as role, null::text as account, d.base_total * d.sign as amount, d.currency, d.total * d.sign as foreign_amount from doc d
        union all
        select d.id, w.role, w.account, -w.base_amount * d.sign, d.currency, -w.amount * d.sign from worth w join doc d on d.id = w.id
        union all
        select d.id, x.role, null, c.amount * x.side, d.base, c.amount * x.side
          from cost c join doc d on d.id = c.id cross join (values ('cost-of-sales', 1), ('shipped-not-invoiced', -1)) as x (role, side)
      )
      select s.id as entry_id, s.role, s.account, d.customer_id as party_id, null::uuid as item_id, d.warehouse_id,
             greatest(s.amount, 0) as debit, greatest(-s.amount, 0) as credit, s.currency, s.foreign_amount as amount_currency
        from signed s join doc d on d.id = s.id`,
  })
}
