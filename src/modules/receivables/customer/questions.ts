// What customers owe, by age, item by item, and as they see it themselves; each answer is one snapshot.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { openOn } from './as-of.ts'

const READ = 'receivables.balance.read'

/**
 * Aged balances per customer and currency at the end of a day (today when left out): by days past due, what is on
 * account (credit notes and money not applied, negative), what it all comes to, and that in the company's currency.
 * Deposits are ours to give back and stand apart. The sum of `base_total` is the receivable account.
 */
export const aged = query('receivables.aged', {
  may: READ,
  title: 'Aged receivables',
  parameters: T.object({ asOf: T.optional(T.date()), customer: T.optional(T.idOf('party.customer')) }),
  columns: {
    customer: f.code(),
    name: f.text(),
    customer_id: f.ref('party.customer'),
    currency: f.code(),
    current: f.money(),
    days_30: f.money(),
    days_60: f.money(),
    days_90: f.money(),
    older: f.money(),
    on_account: f.money(),
    total: f.money(),
    base_total: f.money({ optional: true }),
    deposits: f.money({ optional: true }),
  },
  build: ({ asOf, customer }, { companyId, today }) => sql`
    select c.code as customer, c.name, o.customer_id, o.currency,
           coalesce(sum(o.open) filter (where o.kind = 'invoice' and late <= 0), 0) as current,
           coalesce(sum(o.open) filter (where o.kind = 'invoice' and late between 1 and 30), 0) as days_30,
           coalesce(sum(o.open) filter (where o.kind = 'invoice' and late between 31 and 60), 0) as days_60,
           coalesce(sum(o.open) filter (where o.kind = 'invoice' and late between 61 and 90), 0) as days_90,
           coalesce(sum(o.open) filter (where o.kind = 'invoice' and late > 90), 0) as older,
           coalesce(sum(o.open) filter (where o.kind in ('credit-note', 'payment')), 0) as on_account,
           coalesce(sum(o.open) filter (where o.kind <> 'deposit'), 0) as total,
           coalesce(sum(o.base_open) filter (where o.kind <> 'deposit'), 0) as base_total,
           coalesce(-sum(o.open) filter (where o.kind = 'deposit'), 0) as deposits
      from (select *, ${asOf ?? today}::date - due_on as late from ${openOn(companyId, asOf ?? today, customer ?? null)} i) o
      join party.v_customer c on c.company_id = ${companyId} and c.id = o.customer_id
     group by c.code, c.name, o.customer_id, o.currency order by c.code, o.currency`,
})

/** Everything open of one customer at the end of a day, the longest due first. */
export const openItems = query('receivables.open-items', {
  may: READ,
  title: 'Open items of a customer',
  parameters: T.object({ customer: T.idOf('party.customer'), asOf: T.optional(T.date()) }),
  columns: {
    kind: f.text(),
    id: f.ref('receivables.invoice'),
    number: f.code({ optional: true }),
    dated: f.date(),
    due_on: f.date({ optional: true }),
    days_overdue: f.integer({ optional: true }),
    currency: f.code(),
    open: f.money(),
    base_open: f.money(),
  },
  build: ({ customer, asOf }, { companyId, today }) => sql`
    select kind, id, number, dated, due_on, greatest(${asOf ?? today}::date - due_on, 0) as days_overdue, currency, open, base_open
      from ${openOn(companyId, asOf ?? today, customer)} o order by due_on, number`,
})

/** Customers with invoices past due today, the longest first: how much, how many, since when. */
export const overdue = query('receivables.overdue', {
  may: READ,
  title: 'Overdue customers',
  parameters: T.object({ days: T.optional(T.integer(1, 3650)) }),
  columns: {
    customer: f.code(),
    name: f.text(),
    customer_id: f.ref('party.customer'),
    currency: f.code(),
    invoices: f.integer(),
    open: f.money(),
    oldest_due: f.date(),
    days_overdue: f.integer(),
  },
  build: ({ days }, { companyId, today }) => sql`
    select c.code as customer, c.name, i.customer_id, i.currency, count(*)::int as invoices, sum(i.open) as open, min(i.due_on) as oldest_due, ${today}::date - min(i.due_on) as days_overdue
      from receivables.invoice i join party.v_customer c on c.company_id = i.company_id and c.id = i.customer_id
     where i.company_id = ${companyId} and i.kind = 'invoice' and i.state = 'issued' and i.open > 0 and i.due_on < ${today}::date
     group by c.code, c.name, i.customer_id, i.currency having ${today}::date - min(i.due_on) >= ${days ?? 1}::int order by min(i.due_on), c.code`,
})

/**
 * A customer's account over a span of days as he sees it: what he owed before, each invoice, credit note, payment,
 * discount, write-off and returned payment, and the running balance, per currency.
 */
export const statement = query('receivables.statement', {
  may: READ,
  title: 'Statement of a customer',
  parameters: T.object({ customer: T.idOf('party.customer'), from: T.date(), to: T.optional(T.date()) }),
  columns: {
    day: f.date(),
    kind: f.text(),
    number: f.code({ optional: true }),
    id: f.text({ optional: true }),
    currency: f.code(),
    amount: f.money(),
    balance: f.money(),
  },
  build: ({ customer, from, to }, { companyId, today }) => sql`with moved as materialized (
      select issued_on as day, kind, number, id, currency, case kind when 'invoice' then total else -total end as amount from receivables.invoice
       where company_id = ${companyId} and customer_id = ${customer} and state = 'issued' and issued_on <= ${to ?? today}::date
      union all
      select received_on, kind, number, id, currency, -amount from receivables.payment where company_id = ${companyId} and customer_id = ${customer} and received_on <= ${to ?? today}::date
      union all
      select reversed_on, 'returned payment', number, id, currency, amount from receivables.payment where company_id = ${companyId} and customer_id = ${customer} and reversed_on <= ${to ?? today}::date
      union all
      select a.applied_on, x.kind, i.number, i.id, i.currency, -x.amount
        from receivables.invoice i join receivables.application a on a.company_id = i.company_id and a.invoice_id = i.id cross join lateral (values ('discount', a.discount), ('write-off', a.write_off)) as x (kind, amount)
       where i.company_id = ${companyId} and i.customer_id = ${customer} and x.amount <> 0 and a.applied_on <= ${to ?? today}::date
      union all
      select a.unapplied_on, x.kind || ' taken back', i.number, i.id, i.currency, x.amount
        from receivables.invoice i join receivables.application a on a.company_id = i.company_id and a.invoice_id = i.id cross join lateral (values ('discount', a.discount), ('write-off', a.write_off)) as x (kind, amount)
       where i.company_id = ${companyId} and i.customer_id = ${customer} and x.amount <> 0 and a.unapplied_on <= ${to ?? today}::date
    ), listed as (
      select null::date as day, 'balance brought forward' as kind, null as number, null::uuid as id, currency, sum(amount) as amount from moved where day < ${from}::date group by currency
      union all
      select day, kind, number, id, currency, amount from moved where day >= ${from}::date
    )
    select day, kind, number, id, currency, amount, sum(amount) over (partition by currency order by day nulls first, kind <> 'invoice', number, kind, id rows unbounded preceding) as balance
      from listed order by currency, day nulls first, kind <> 'invoice', number, kind, id`,
})
