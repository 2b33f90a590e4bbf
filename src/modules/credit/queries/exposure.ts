// What a customer owes in all its stages, against his limit and that of his group, in one consistent read (CRD-02).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { limitOn } from '../over-limit.ts'

/** One row, or none for a customer without account. Amounts are in `currency`. */
export const exposure = query('credit.exposure', {
  may: 'credit.account.read',
  title: 'What does this customer owe, and may he owe more?',
  parameters: T.object({ customer: T.ref('party.customer') }),
  columns: {
    id: f.ref('party.customer'),
    customer: f.code(),
    currency: f.code(),
    receivable: f.money(),
    unapplied: f.money(),
    unbilled: f.money(),
    open_orders: f.money(),
    exposure: f.money(),
    limit_now: f.money({ optional: true }),
    available: f.money({ optional: true }),
    holds: f.json(),
    held: f.boolean(),
    risk_class: f.text({ optional: true }),
    max_overdue_days: f.integer({ optional: true }),
    review_on: f.date({ optional: true }),
    insured_up_to: f.money({ optional: true }),
    insured_until: f.date({ optional: true }),
    insured_only: f.boolean({ optional: true }),
    credit_limit: f.money({ optional: true }),
    next_limit: f.money({ optional: true }),
    next_from: f.date({ optional: true }),
    next_until: f.date({ optional: true }),
    group: f.json({ optional: true }),
  },
  build: ({ customer }, { companyId, today }) => sql`
    select a.id, a.code as customer, a.currency, a.receivable, a.unapplied, a.unbilled, a.open_orders, e.exposure, l.limit_now,
        greatest(0, least(l.limit_now - e.exposure, g.credit_limit - g.exposure)) as available,
        a.holds, a.holds <> '{}'::jsonb or coalesce(a.insured_until < ${today}::date, false) as held, a.risk_class, a.max_overdue_days, a.review_on,
        a.insured_up_to, a.insured_until, a.insured_only, a.credit_limit, a.next_limit, a.next_from, a.next_until,
        case when g.id is not null then jsonb_build_object('code', g.code, 'limit', g.credit_limit::text, 'exposure', g.exposure::text, 'accounts', g.accounts) end as "group"
      from credit.account a
      cross join lateral (select a.receivable + a.unbilled + a.open_orders - a.unapplied as exposure) e
      cross join lateral (select least(${limitOn(today)}, case when a.insured_only then coalesce(a.insured_up_to, 0) end) as limit_now) l
      left join lateral (
        select h.id, h.code, h.credit_limit, sum(m.receivable + m.unbilled + m.open_orders - m.unapplied) as exposure, count(*)::int as accounts
          from credit.group_limit h join credit.account m on m.company_id = h.company_id and m.group_id = h.id
         where h.company_id = a.company_id and h.id = a.group_id group by h.id, h.code, h.credit_limit
      ) g on true
     where a.company_id = ${companyId} and (a.id::text = ${customer} or a.id in (
       select v.id from party.v_customer v where v.company_id = ${companyId} and upper(v.code) = upper(${customer})))`,
})
