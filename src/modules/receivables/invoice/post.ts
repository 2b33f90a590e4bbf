// An invoice in the books: receivable against revenue and tax, and the cost of what was shipped into cost of sales.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { post } from '#ledger'

/**
 * Posts invoices dated today, in the company's currency at the document's rate. Dr receivable, Cr revenue, Cr tax; Dr
 * cost of sales, Cr shipped-not-invoiced. Converted amounts are rounded once each; the receivable takes their sum, so
 * the entry balances.
 */
export async function postInvoices(call: Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now' | 'today'>, ids: readonly string[]): Promise<void> {
  const { companyId } = call
  await post(call, {
    date: call.today,
    count: ids.length,
    entries: sql`select i.id as entry_id, 'SALES' as journal, 'issued' as event, 'receivables.invoice' as source, i.id as source_id, coalesce(o.number, '') as description
      from receivables.invoice i left join sales.v_order o on o.company_id = i.company_id and o.id = i.order_id where i.company_id = ${companyId} and i.id = any(${ids}::uuid[])`,
    lines: sql`with doc as materialized (
        select i.id, i.customer_id, i.currency, i.rate, b.currency as base, b.digits, o.warehouse_id, i.total
          from receivables.invoice i join company.v_company b on b.id = i.company_id left join sales.v_order o on o.company_id = i.company_id and o.id = i.order_id
         where i.company_id = ${companyId} and i.id = any(${ids}::uuid[])
      ), revenue as (
        select d.id, case when n.kind = 'service' then 'freight-income' else 'revenue' end as role, null::text as account, sum(n.net) as amount
          from doc d join receivables.invoice_line n on n.company_id = ${companyId} and n.invoice_id = d.id group by 1, 2
        union all
        select d.id, 'tax', t.account, sum(t.amount) from doc d join receivables.tax_line t on t.company_id = ${companyId} and t.invoice_id = d.id group by 1, t.account
      ), worth as (
        select r.*, round(r.amount * d.rate, d.digits) as base_amount from revenue r join doc d on d.id = r.id
      ), cost as (
        select d.id, sum(n.cost) as amount from doc d join receivables.invoice_line n on n.company_id = ${companyId} and n.invoice_id = d.id group by 1
      )
      select d.id as entry_id, 'receivable' as role, null::text as account, d.customer_id as party_id, null::uuid as item_id, d.warehouse_id, (select sum(base_amount) from worth w where w.id = d.id) as debit, 0 as credit, d.currency, d.total as amount_currency from doc d
      union all
      select d.id, w.role, w.account, d.customer_id, null, d.warehouse_id, 0, w.base_amount, d.currency, -w.amount from worth w join doc d on d.id = w.id
      union all
      select d.id, x.role, null, d.customer_id, null, d.warehouse_id, case x.side when 1 then c.amount else 0 end, case x.side when 1 then 0 else c.amount end, d.base, c.amount * x.side
        from cost c join doc d on d.id = c.id cross join (values ('cost-of-sales', 1), ('shipped-not-invoiced', -1)) as x (role, side)`,
  })
}
