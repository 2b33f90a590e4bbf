// Invoices and credit notes as rows: lines, tax by the document's method, totals in both currencies and due date, in one statement.
import { rateOn } from '#company'
import type { Call } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import type { Billable } from '#sales'
import { type DocumentLine, taxOfDocument } from '#tax'
import { refuse } from '../refusals.ts'
import { CREDIT_NUMBER, formatOf, INVOICE_NUMBER, numberFormat } from '../settings.ts'

/** A line of an invoice or credit note; amounts are positive in both. */
export type InvoiceLine = Omit<Billable, 'order_line_id' | 'order_id' | 'item_id'> & {
  invoice_id: string
  order_id: string | null
  order_line_id: string | null
  item_id: string | null
  rma_line_id?: string | null
  corrects_line_id?: string | null
  money_only?: boolean
}

/** What belongs to a whole document, by its id: what a credit note corrects, and why. */
export type Corrects = {
  id: string
  corrects_id: string | null
  rma_id: string | null
  rate: string | null
  reason: string | null
  reinvoice: boolean
}

type Writer = Pick<Call<unknown>, 'tx' | 'companyId' | 'today' | 'actor' | 'now'>

/**
 * Writes documents of `kind` as drafts without a number, dated today; `issueNumbers` makes them legal afterwards. Tax
 * is rounded by the method that the order was taken under; due date and discount come from the customer's terms (end of
 * month where they say so). A credit note is due at once and keeps the rate of what it corrects.
 *
 * A line comes with its quantity in base units and unit and price of the sale; how many of that unit it is, is written
 * beside. Where six places do not say that exactly (5 pieces of a pack of 12), the line is told in base units, at the
 * price of one, to six places. A line whose unit is not the order line's is in base units already. Returns the company's
 * number format, and whether one of the customers has a deposit that could settle an invoice.
 */
export async function writeInvoices(
  call: Writer,
  kind: 'invoice' | 'credit-note',
  lines: readonly InvoiceLine[],
  corrects: readonly Corrects[] = [],
): Promise<{ format: string; deposits: boolean }> {
  const { companyId, today } = call
  const given = relation(
    {
      invoice_id: 'uuid',
      order_id: 'uuid',
      order_line_id: 'uuid',
      rma_line_id: 'uuid',
      corrects_line_id: 'uuid',
      money_only: 'boolean',
      customer_id: 'uuid',
      currency: 'text',
      tax_rounding: 'text',
      item_id: 'uuid',
      description: 'text',
      kind: 'text',
      unit: 'text',
      quantity: 'numeric',
      price: 'numeric',
      net: 'numeric',
      tax_code: 'text',
      tax_rate: 'numeric',
      cost: 'numeric',
      place: 'int',
    },
    lines.map((line, place) => ({ ...line, place })),
  )
  const fixed = relation(
    { id: 'uuid', corrects_id: 'uuid', rma_id: 'uuid', rate: 'numeric', reason: 'text', reinvoice: 'boolean' },
    corrects,
  )
  const taxable = sql<DocumentLine>`select l.invoice_id::text as document, l.tax_rounding, y.digits, l.tax_code, l.tax_rate, l.net
    from line l join company.v_currency y on y.code = l.currency`
  try {
    const done = await call.tx.first(sql<{ format: string | null; deposits: boolean }>`with line as materialized (
      select *, row_number() over (partition by invoice_id order by place) as line from ${given} g
    ), taxed as materialized (
      select * from ${taxOfDocument(companyId, taxable)} t
    ), total as (
      select document::uuid as id, sum(base) as net, sum(tax) as tax, sum(base) + sum(tax) as total from taxed group by document
    ), first as materialized (
      -- An invoice over several orders belongs to none of them.
      select distinct on (invoice_id) *, case when count(*) over (partition by invoice_id) = count(*) over (partition by invoice_id, order_id) then order_id end as only_order
        from line order by invoice_id, line
    ), priced as materialized (
      select l.*, f.corrects_id, f.rma_id, f.reason, f.reinvoice, c.term, c.prepaid, c.due_days, c.end_of_month, c.discount_days, c.discount_percent, b.digits as base_digits,
             coalesce(f.rate, ${rateOn(companyId, sql`l.currency`, today)}) as rate
        from first l join party.v_customer c on c.company_id = ${companyId} and c.id = l.customer_id join company.v_company b on b.id = ${companyId}
        left join ${fixed} f on f.id = l.invoice_id
    ), head as (
      insert into receivables.invoice (company_id, id, kind, customer_id, order_id, rma_id, corrects_id, reinvoice, currency, rate, term, issued_on, due_on, discount_until, discount_percent, tax_rounding,
        net, tax, total, open, base_total, base_open, reason, state, created_by, created_at, updated_at)
      select ${companyId}, p.invoice_id, ${kind}, p.customer_id, p.only_order, p.rma_id, p.corrects_id, coalesce(p.reinvoice, false), p.currency, p.rate, p.term, ${today}::date,
             case when ${kind} = 'credit-note' then ${today}::date
                  when p.end_of_month then (date_trunc('month', ${today}::date + p.due_days) + interval '1 month - 1 day')::date else ${today}::date + p.due_days end,
             case when ${kind} = 'invoice' and p.discount_percent > 0 then ${today}::date + p.discount_days end, case when ${kind} = 'invoice' then p.discount_percent else 0 end, p.tax_rounding,
             t.net, t.tax, t.total, t.total, round(t.total * p.rate, p.base_digits), round(t.total * p.rate, p.base_digits), p.reason, 'draft', ${call.actor}, ${call.now}, ${call.now}
        from priced p join total t on t.id = p.invoice_id
    ), body as (
      insert into receivables.invoice_line (company_id, id, invoice_id, line, order_line_id, rma_line_id, corrects_line_id, money_only, item_id, description, kind, quantity, sold, unit, price, net, tax_code, tax_rate, cost)
      select ${companyId}, gen_random_uuid(), l.invoice_id, l.line, l.order_line_id, l.rma_line_id, l.corrects_line_id, coalesce(l.money_only, false), l.item_id, l.description, l.kind, l.quantity,
             case when s.exact then s.sold else l.quantity end, case when s.exact then l.unit else i.base_unit end, case when s.exact then l.price else round(l.price * d.unit_den / d.unit_num, 6) end,
             l.net, l.tax_code, l.tax_rate, l.cost
        from line l left join sales.v_order_line d on d.company_id = ${companyId} and d.id = l.order_line_id and d.unit = l.unit left join catalog.v_item i on i.id = l.item_id
        cross join lateral (select trim_scale(round(l.quantity * coalesce(d.unit_den, 1) / coalesce(d.unit_num, 1), 6)) as sold) n
        cross join lateral (select n.sold, n.sold * coalesce(d.unit_num, 1) = l.quantity * coalesce(d.unit_den, 1) as exact) s
    ), taxes as (
      insert into receivables.tax_line (company_id, invoice_id, tax_code, rate, base, amount, account)
      select ${companyId}, document::uuid, tax_code, tax_rate, base, tax, tax_account from taxed
    )
    select ${formatOf(kind === 'invoice' ? 'receivables.invoice' : 'receivables.credit-note')} as format, exists (
        select from priced p join receivables.payment d on d.company_id = ${companyId} and d.customer_id = p.customer_id and d.unapplied > 0
         where ${kind} = 'invoice' and d.kind = 'deposit' and d.currency = p.currency and (d.order_id = p.only_order or (d.order_id is null and p.prepaid))) as deposits
      from company.v_company b where b.id = ${companyId}`)
    return {
      format: numberFormat(done?.format, kind === 'invoice' ? INVOICE_NUMBER : CREDIT_NUMBER),
      deposits: done?.deposits ?? false,
    }
  } catch (error) {
    if (errorCode(error) === '23502') refuse('RATE_UNKNOWN', { day: today })
    throw error
  }
}
