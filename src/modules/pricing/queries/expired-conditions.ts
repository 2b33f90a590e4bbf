// Conditions that ended and are still there, for renewing or for cleansing.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { NAMES } from './names.ts'

/** Active conditions whose last day lies before today, the latest first; `days` narrows to those that ended so recently. */
export const expiredConditions = query('pricing.expired-conditions', {
  may: 'pricing.condition.read',
  title: 'Which conditions have expired?',
  parameters: T.object({ days: T.optional(T.integer(1, 3650)), kind: T.optional(T.code()) }),
  columns: {
    id: f.ref('pricing.condition'),
    number: f.code(),
    kind: f.text(),
    list: f.text({ optional: true }),
    subject: f.text({ optional: true }),
    object: f.text({ optional: true }),
    method: f.text(),
    amount: f.money({ optional: true }),
    currency: f.code({ optional: true }),
    min_quantity: f.quantity({ optional: true }),
    ended_on: f.date(),
    days_ago: f.integer(),
  },
  build: ({ days, kind }, { companyId, today }) => sql`
    select c.id, c.number, c.kind, ${NAMES}, c.method, c.amount, c.currency, c.min_quantity, upper(c.valid) - 1 as ended_on,
        ${today}::date - (upper(c.valid) - 1) as days_ago
      from pricing.condition c
     where c.company_id = ${companyId} and c.state = 'active' and upper(c.valid) <= ${today}::date
       and (${days ?? null}::int is null or upper(c.valid) > ${today}::date - ${days ?? null}::int)
       and (${kind ?? null}::text is null or c.kind = ${kind ?? null})
     order by upper(c.valid) desc, c.number limit 1000`,
})
