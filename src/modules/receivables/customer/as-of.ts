// What was open on a day: what is open now, less what was settled since, and with what was taken back since.
import { type Sql, sql } from '#kernel/db'

export type OpenItem = {
  customer_id: string
  kind: 'invoice' | 'credit-note' | 'payment' | 'deposit'
  id: string
  number: string
  dated: string
  due_on: string
  currency: string
  open: string
  base_open: string
}

/**
 * Open items at the end of a day, as a relation: invoices positive, credit notes and money on account negative, in the
 * document's and the company's currency. Only documents that are open now or were touched since are looked at, so a
 * recent day costs what today costs. `customer` narrows it to one.
 */
export function openOn(companyId: number, day: string, customer: string | null = null): Sql<OpenItem> {
  // Two statements rather than one with "or": each is planned for what it is, and one customer's is found by index.
  const ofInvoice = customer ? sql`and i.customer_id = ${customer}` : sql``
  const ofPayment = customer ? sql`and p.customer_id = ${customer}` : sql``
  const applied = customer
    ? sql`receivables.invoice i join receivables.application a on a.company_id = i.company_id and a.invoice_id = i.id and i.customer_id = ${customer}`
    : sql`receivables.application a`
  return sql<OpenItem>`with since as materialized (
      -- Applied later: not settled yet on that day. Undone later: still settled on that day.
      select a.invoice_id, a.payment_id, a.credit_id, a.amount, a.amount + a.discount + a.write_off as settled, a.base_settled, a.base_taken, 1 as sign
        from ${applied} where a.company_id = ${companyId} and a.applied_on > ${day}::date and a.unapplied_on is null
      union all
      select a.invoice_id, a.payment_id, a.credit_id, a.amount, a.amount + a.discount + a.write_off, a.base_settled, a.base_taken, -1
        from ${applied} where a.company_id = ${companyId} and a.unapplied_on > ${day}::date and a.applied_on <= ${day}::date
    ), change as materialized (
      select id, sum(amount) as amount, sum(base) as base from (
        select invoice_id as id, settled * sign as amount, base_settled * sign as base from since
        union all select coalesce(payment_id, credit_id), amount * sign, base_taken * sign from since
      ) c group by id
    ), document as (
      select i.id, i.customer_id, i.kind, i.number, i.issued_on as dated, i.due_on, i.currency, i.open, i.base_open from receivables.invoice i
       where i.company_id = ${companyId} and i.state = 'issued' and i.open > 0 ${ofInvoice}
      union all
      select i.id, i.customer_id, i.kind, i.number, i.issued_on, i.due_on, i.currency, 0, 0 from change c join receivables.invoice i on i.company_id = ${companyId} and i.id = c.id
       where i.open = 0 ${ofInvoice}
      union all
      select p.id, p.customer_id, p.kind, p.number, p.received_on, p.received_on, p.currency, p.unapplied, p.base_unapplied from receivables.payment p
       where p.company_id = ${companyId} and p.unapplied > 0 ${ofPayment}
      union all
      select p.id, p.customer_id, p.kind, p.number, p.received_on, p.received_on, p.currency, 0, 0 from change c join receivables.payment p on p.company_id = ${companyId} and p.id = c.id
       where p.unapplied = 0 and p.state = 'posted' ${ofPayment}
      union all
      -- Money that has gone since was there on that day.
      select p.id, p.customer_id, p.kind, p.number, p.received_on, p.received_on, p.currency, p.amount, p.base_amount from receivables.payment p
       where p.company_id = ${companyId} and p.reversed_on > ${day}::date ${ofPayment}
    )
    select d.customer_id, d.kind, d.id, d.number, d.dated, d.due_on, d.currency, case d.kind when 'invoice' then 1 else -1 end * (d.open + coalesce(c.amount, 0)) as open,
           case d.kind when 'invoice' then 1 else -1 end * (d.base_open + coalesce(c.base, 0)) as base_open
      from document d left join change c on c.id = d.id
     where d.dated <= ${day}::date and d.open + coalesce(c.amount, 0) <> 0`
}
