// What must hold between invoices, money, orders and the books whatever happened, each a question that must find nothing.
import { type Sql, sql } from '#kernel/db'
import { type Invariant, invariant } from '#kernel/verify'

const receivables = (id: string, title: string, breaches: Sql<Record<string, unknown>>): Invariant =>
  invariant(id, 'accountant', title, breaches)

/** What stands on the accounts of a sub-ledger, per company, as debit less credit: those marked as its own, and the one that plays its role. */
const standing = (
  control: string,
  role: string,
) => sql`select c.id as company_id, coalesce(sum(b.debit - b.credit), 0) as balance from company.v_company c
  left join ledger.v_account a on a.company_id = c.id and (a.control = ${control} or a.code = (select m.account from ledger.v_mapping m where m.company_id = c.id and m.role = ${role}))
  left join ledger.v_balance b on b.company_id = a.company_id and b.account = a.code group by c.id`

const active = sql`select company_id, invoice_id, payment_id, credit_id, sum(amount) as amount, sum(amount + discount + write_off) as settled, sum(base_settled) as base_settled, sum(base_taken) as base_taken
  from receivables.application where unapplied_at is null group by 1, 2, 3, 4`

const BOOKS: readonly Invariant[] = [
  receivables(
    'I22',
    'what customers owe is the receivable account, in the currency of the company',
    sql`
    select s.company_id, s.balance as account, coalesce(o.open, 0) as open_items from ${standing('ar', 'receivable')} s
      left join (select company_id, sum(base) as open from (
          select company_id, case kind when 'invoice' then base_open else -base_open end as base from receivables.invoice where state = 'issued'
          union all select company_id, -base_unapplied from receivables.payment where kind = 'payment') i group by 1) o using (company_id)
     where s.balance <> coalesce(o.open, 0)`,
  ),
  receivables(
    'I22b',
    'what customers deposited is the deposit account',
    sql`
    select s.company_id, -s.balance as account, coalesce(o.open, 0) as deposits from ${standing('customer-deposits', 'customer-deposit')} s
      left join (select company_id, sum(base_unapplied) as open from receivables.payment where kind = 'deposit' group by 1) o using (company_id)
     where -s.balance <> coalesce(o.open, 0)`,
  ),
  receivables(
    'I22c',
    'the credit accounts count what is open',
    sql`
    select a.company_id, a.id as customer_id, a.receivable, a.unapplied, coalesce(i.receivable, 0) as invoices, coalesce(i.unapplied, 0) as credits from credit.v_account a
      left join (select company_id, customer_id, sum(receivable) as receivable, sum(unapplied) as unapplied from (
          select company_id, customer_id, case kind when 'invoice' then open else 0 end as receivable, case kind when 'invoice' then 0 else open end as unapplied from receivables.invoice where state = 'issued'
          union all select company_id, customer_id, 0, unapplied from receivables.payment) o group by 1, 2) i on i.company_id = a.company_id and i.customer_id = a.id
     where a.receivable <> coalesce(i.receivable, 0) or a.unapplied <> coalesce(i.unapplied, 0)`,
  ),
  receivables(
    'I28b',
    'every invoice, credit note and payment is in the books once',
    sql`
    select d.company_id, d.id, d.kind, count(e.id) as entries from (
        select company_id, id, kind, 'issued' as event from receivables.invoice where state = 'issued' and total <> 0
        union all select company_id, id, kind, 'received' from receivables.payment) d
      left join ledger.v_entry e on e.company_id = d.company_id and e.source_id = d.id and e.event = d.event
     group by 1, 2, 3 having count(e.id) <> 1`,
  ),
]

const BILLING: readonly Invariant[] = [
  receivables(
    'I32',
    'nothing is invoiced beyond what was shipped, or ordered where the customer is invoiced so',
    sql`
    select l.company_id, l.id as order_line_id, l.invoiced, l.shipped from sales.v_order_line l
      join sales.v_order o on o.company_id = l.company_id and o.id = l.order_id join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
     where l.invoiced > case c.invoice_policy when 'ordered' then l.ordered else l.shipped end or l.credited > l.invoiced`,
  ),
  receivables(
    'I32b',
    'order lines count what their invoices and credit notes say',
    sql`
    select l.company_id, l.id as order_line_id, l.invoiced, b.billed, l.credited, b.credited as credit_notes from sales.v_order_line l
      join (select n.company_id, n.order_line_id, sum(n.quantity) filter (where i.kind = 'invoice') as billed,
                   coalesce(sum(n.quantity) filter (where i.kind = 'credit-note' and i.reinvoice and not n.money_only), 0) as again,
                   coalesce(sum(n.quantity) filter (where i.kind = 'credit-note' and not i.reinvoice and not n.money_only), 0) as credited
              from receivables.invoice_line n join receivables.invoice i on i.company_id = n.company_id and i.id = n.invoice_id and i.state = 'issued'
             where n.order_line_id is not null group by 1, 2) b on b.company_id = l.company_id and b.order_line_id = l.id
     where l.invoiced <> coalesce(b.billed, 0) - b.again or l.credited <> b.credited`,
  ),
  receivables(
    'I34',
    'legal numbers have no gaps',
    sql`
    select company_id, kind, series, number, sequence from (
        select company_id, kind, number, left(number, length(number) - length(substring(number from '\\d+$'))) as series, substring(number from '\\d+$')::bigint as sequence,
               substring(number from '\\d+$')::bigint - row_number() over (partition by company_id, left(number, length(number) - length(substring(number from '\\d+$'))) order by substring(number from '\\d+$')::bigint) as skipped
          from receivables.invoice where state = 'issued' and number ~ '\\d$') n
     where skipped <> 0`,
  ),
  receivables(
    'I35',
    'no legal number was given twice',
    sql`
    select company_id, number, count(*) from receivables.invoice where number is not null group by 1, 2 having count(*) > 1`,
  ),
  receivables(
    'I36',
    'legal numbers follow the days on which they were given',
    sql`
    select company_id, kind, number, issued_on from (
        select company_id, kind, number, issued_on, max(issued_on) over (partition by company_id, left(number, length(number) - length(substring(number from '\\d+$')))
               order by substring(number from '\\d+$')::bigint rows between unbounded preceding and 1 preceding) as latest
          from receivables.invoice where state = 'issued' and number ~ '\\d$') n
     where issued_on < latest`,
  ),
  receivables(
    'I39',
    'an invoice is the sum of its lines and its tax',
    sql`
    select i.company_id, i.number, i.net, i.tax, i.total, n.net as lines, t.tax as tax_lines from receivables.invoice i
      cross join lateral (select coalesce(sum(net), 0) as net from receivables.invoice_line l where l.company_id = i.company_id and l.invoice_id = i.id) n
      cross join lateral (select coalesce(sum(amount), 0) as tax, coalesce(sum(base), 0) as base from receivables.tax_line x where x.company_id = i.company_id and x.invoice_id = i.id) t
     where i.total <> i.net + i.tax or i.net <> n.net or i.net <> t.base or i.tax <> t.tax`,
  ),
  receivables(
    'I39b',
    'what a line says was sold, at its price, is its amount, but for the cents that parts of a sale leave each other',
    sql`
    select n.company_id, i.number, n.line, n.sold, n.unit, n.price, n.net from receivables.invoice_line n
      join receivables.invoice i on i.company_id = n.company_id and i.id = n.invoice_id join company.v_currency y on y.code = i.currency
      cross join lateral (select n.net - n.sold * n.price * case n.kind when 'fee' then -1 else 1 end as off, ('2e-' || y.digits)::numeric + n.sold * 0.0000005 as cents) d
     where n.sold is not null and abs(d.off) > d.cents
       -- Of what money was given back for before, only the rest is credited.
       and not (d.off < 0 and n.corrects_line_id is not null and exists (
         select from receivables.invoice_line m where m.company_id = n.company_id and m.corrects_line_id = n.corrects_line_id and m.money_only))`,
  ),
  receivables(
    'I40',
    'tax was rounded by the method that the document declares',
    sql`
    select i.company_id, i.number, x.tax_code, x.base, x.amount from receivables.tax_line x
      join receivables.invoice i on i.company_id = x.company_id and i.id = x.invoice_id join company.v_currency y on y.code = i.currency
      cross join lateral (select count(*) as lines from receivables.invoice_line l where l.company_id = i.company_id and l.invoice_id = i.id and l.tax_code = x.tax_code and l.tax_rate = x.rate) n
     where abs(x.amount - x.base * x.rate) > ('5e-' || y.digits + 1)::numeric * case when i.tax_rounding like 'line-%' then n.lines else 1 end`,
  ),
]

const SETTLING: readonly Invariant[] = [
  receivables(
    'I41',
    'what is open is what was not settled, in both currencies, and never less than nothing',
    sql`
    select i.company_id, i.id, i.number, i.open, i.base_open from receivables.invoice i
      left join (select company_id, id, sum(settled) as settled, sum(base) as base from (
          select company_id, invoice_id as id, settled, base_settled as base from ${active} a
          union all select company_id, credit_id, amount, base_taken from ${active} a where credit_id is not null) s group by 1, 2) s on s.company_id = i.company_id and s.id = i.id
     where i.state = 'issued' and (i.open <> i.total - coalesce(s.settled, 0) or i.base_open <> i.base_total - coalesce(s.base, 0) or i.open < 0)`,
  ),
  receivables(
    'I41b',
    'what is left of a payment is what was not applied of it',
    sql`
    select p.company_id, p.id, p.number, p.unapplied from receivables.payment p
      left join (select company_id, payment_id, sum(amount) as amount, sum(base_taken) as base from ${active} a group by 1, 2) s on s.company_id = p.company_id and s.payment_id = p.id
     where case p.state when 'posted' then p.unapplied <> p.amount - coalesce(s.amount, 0) or p.base_unapplied <> p.base_amount - coalesce(s.base, 0)
                        else p.unapplied <> 0 or coalesce(s.amount, 0) <> 0 end`,
  ),
  receivables(
    'I42',
    'realised exchange differences are posted exactly, and within half a cent of the rates',
    sql`
    select c.id as company_id, coalesce(l.posted, 0) as account, coalesce(a.difference, 0) as applications from company.v_company c
      left join (select e.company_id, sum(n.credit - n.debit) as posted from ledger.v_mapping m join ledger.v_journal_line n on n.company_id = m.company_id and n.account = m.account
                   join ledger.v_entry e on e.company_id = n.company_id and e.id = n.entry_id and e.source in ('receivables.payment', 'receivables.credit-note')
                  where m.role = 'exchange-difference' group by 1) l on l.company_id = c.id
      left join (select company_id, sum(exchange_difference) as difference from receivables.application where unapplied_at is null group by 1) a on a.company_id = c.id
     where coalesce(l.posted, 0) <> coalesce(a.difference, 0)
    union all
    select a.company_id, a.exchange_difference, a.amount * (coalesce(p.rate, c.rate) - i.rate) from receivables.application a
      join receivables.invoice i on i.company_id = a.company_id and i.id = a.invoice_id
      left join receivables.payment p on p.company_id = a.company_id and p.id = a.payment_id
      left join receivables.invoice c on c.company_id = a.company_id and c.id = a.credit_id
      join company.v_company b on b.id = a.company_id
     where abs(a.exchange_difference - a.amount * (coalesce(p.rate, c.rate) - i.rate)) > ('1e-' || b.digits)::numeric * 2`,
  ),
]

export const invariants: readonly Invariant[] = [...BOOKS, ...BILLING, ...SETTLING]
