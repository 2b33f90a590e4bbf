// Accounts that need the credit officer: over a limit, held, cover ended, or due for review.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { limitOn } from '../over-limit.ts'

/** One row an account with what is wrong and what to do; the largest excess first, at most 500. */
export const atRisk = query('credit.at-risk', {
  may: 'credit.account.read',
  title: 'Which accounts need attention?',
  columns: {
    id: f.ref('party.customer'),
    customer: f.code(),
    currency: f.code(),
    exposure: f.money(),
    limit_now: f.money({ optional: true }),
    over_by: f.money({ optional: true }),
    holds: f.json(),
    problems: f.json({ optional: true }),
  },
  build: (_, { companyId, today }) => sql`
    select w.id, w.customer, w.currency, w.exposure, w.limit_now, greatest(0, w.exposure - w.limit_now) as over_by, w.holds, w.problems
      from (
        select a.id, a.code as customer, a.currency, e.exposure, l.limit_now, a.holds,
            array_remove(array[
              case when e.exposure > l.limit_now then 'over the limit' end,
              case when a.holds <> '{}'::jsonb then 'on hold' end,
              case when a.insured_until < ${today}::date then 'cover ended' end,
              case when a.review_on < ${today}::date then 'review due' end], null) as problems
          from credit.account a
          cross join lateral (select a.receivable + a.unbilled + a.open_orders - a.unapplied as exposure) e
          cross join lateral (select least(${limitOn(today)}, case when a.insured_only then coalesce(a.insured_up_to, 0) end) as limit_now) l
         where a.company_id = ${companyId}
      ) w
     where cardinality(w.problems) > 0 order by over_by desc, w.customer limit 500`,
})
