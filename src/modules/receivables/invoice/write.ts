// Invoices and credit notes as rows: lines, tax by the document's method, totals and due date, in one statement.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { type DocumentLine, taxOfDocument } from '#tax'
import type { Billable } from '#sales'

/** A line of an invoice or credit note; amounts are positive in both. */
export type InvoiceLine = Omit<Billable, 'order_line_id' | 'order_id' | 'item_id'> & {
  invoice_id: string
  order_id: string | null
  order_line_id: string | null
  item_id: string | null
  rma_line_id: string | null
}

/**
 * Writes documents of `kind` as drafts without a number, dated today; `issueNumbers` makes them legal afterwards. Tax
 * is rounded by the method that the order was taken under; the due date and the discount come from the customer's terms
 * (end of month where they say so).
 */
export async function writeInvoices(call: Pick<Call<unknown>, 'tx' | 'companyId' | 'today' | 'actor' | 'now'>, kind: 'invoice' | 'credit-note', lines: readonly InvoiceLine[], extra: { reason?: string; correctsId?: string } = {}): Promise<void> {
  const { companyId, today } = call
  const rows = JSON.stringify(lines)
  const taxable = sql<DocumentLine>`select l.invoice_id::text as document, l.tax_rounding, y.digits, l.tax_code, l.tax_rate, l.net
    from line l join company.v_currency y on y.code = l.currency`
  await call.tx.run(sql`with line as materialized (
      select *, row_number() over (partition by invoice_id order by place) as line from rows from (jsonb_to_recordset(${rows}::jsonb) as (invoice_id uuid, order_id uuid, order_line_id uuid, rma_line_id uuid, customer_id uuid,
        currency text, tax_rounding text, item_id uuid, description text, kind text, unit text, quantity numeric, price numeric, net numeric, tax_code text, tax_rate numeric, cost numeric)) with ordinality as l (invoice_id, order_id, order_line_id, rma_line_id, customer_id,
        currency, tax_rounding, item_id, description, kind, unit, quantity, price, net, tax_code, tax_rate, cost, place)
    ), taxed as materialized (
      select * from ${taxOfDocument(companyId, taxable)} t
    ), total as (
      select document, sum(base) as net, sum(tax) as tax from taxed group by document
    ), head as (
      insert into receivables.invoice (company_id, id, kind, customer_id, order_id, corrects_id, currency, rate, term, issued_on, due_on, discount_until, discount_percent, tax_rounding,
        net, tax, total, open, reason, state, created_by, created_at, updated_at)
      select ${companyId}, l.invoice_id, ${kind}, l.customer_id, l.order_id, ${extra.correctsId ?? null}, l.currency,
             case when l.currency = b.currency then 1 else (select r.rate from company.v_rate r where r.company_id = b.id and r.currency = l.currency and r.valid_on <= ${today}::date order by r.valid_on desc limit 1) end,
             c.term, ${today}::date,
             case when c.end_of_month then (date_trunc('month', ${today}::date + c.due_days) + interval '1 month - 1 day')::date else ${today}::date + c.due_days end,
             case when c.discount_percent > 0 then ${today}::date + c.discount_days end, c.discount_percent, l.tax_rounding,
             t.net, t.tax, t.net + t.tax, t.net + t.tax, ${extra.reason ?? null}, 'draft', ${call.actor}, ${call.now}, ${call.now}
        from (select distinct on (invoice_id) * from line order by invoice_id, line) l
        join total t on t.document = l.invoice_id::text
        join party.v_customer c on c.company_id = ${companyId} and c.id = l.customer_id
        join company.v_company b on b.id = ${companyId}
    ), body as (
      insert into receivables.invoice_line (company_id, id, invoice_id, line, order_line_id, rma_line_id, item_id, description, kind, quantity, unit, price, net, tax_code, tax_rate, cost)
      select ${companyId}, gen_random_uuid(), invoice_id, line, order_line_id, rma_line_id, item_id, description, kind, quantity, unit, price, net, tax_code, tax_rate, cost from line
    )
    insert into receivables.tax_line (company_id, invoice_id, tax_code, rate, base, amount, account)
    select ${companyId}, document::uuid, tax_code, tax_rate, base, tax, tax_account from taxed`)
}
