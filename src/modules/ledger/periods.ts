// How far each period is: its state, what was posted into it, what of that waits on suspense, and who has yet to agree.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Periods that have begun, the latest first. `balanced`: debits equal credits. `waiting`: entries by hand dated into it that wait for an approval. */
export const periods = query('ledger.periods', {
  may: 'ledger.period.read',
  title: 'How far each period is',
  parameters: T.object({ limit: T.optional(T.integer(1, 120)) }),
  columns: {
    id: f.ref('ledger.period'),
    period: f.code(),
    starts: f.date(),
    ends: f.date(),
    state: f.text(),
    version: f.integer(),
    over: f.boolean(),
    days_since: f.integer(),
    locked_at: f.instant({ optional: true }),
    locked_by: f.ref('access.account', { optional: true }),
    entries: f.integer(),
    debit: f.money(),
    balanced: f.boolean(),
    suspense: f.money(),
    waiting: f.integer(),
  },
  build: ({ limit }, { companyId, today }) => sql`
    select p.id, p.code as period, p.starts, p.ends, p.state, p.version, p.ends < ${today}::date as over, greatest(${today}::date - p.ends, 0) as days_since, p.locked_at, p.locked_by,
           (select count(*)::int from ledger.entry e where e.company_id = p.company_id and e.posting_date between p.starts and p.ends) as entries,
           coalesce(b.debit, 0) as debit, coalesce(b.debit, 0) = coalesce(b.credit, 0) as balanced, coalesce(b.suspense, 0) as suspense,
           (select count(*)::int from kernel.approval a where a.company_id = p.company_id and a.kind = 'journal' and a.state = 'pending'
               and a.document = 'ledger.entry' and (a.detail ->> 'date')::date between p.starts and p.ends) as waiting
      from ledger.period p
      left join lateral (select sum(b.debit) as debit, sum(b.credit) as credit,
             sum(abs(b.debit - b.credit)) filter (where b.account in (select m.account from ledger.mapping m where m.company_id = p.company_id and m.role = 'suspense')) as suspense
          from ledger.balance b where b.company_id = p.company_id and b.period_id = p.id) b on true
     where p.company_id = ${companyId} and p.starts <= ${today}::date order by p.starts desc limit ${limit ?? 13}`,
})
