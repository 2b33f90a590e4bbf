// The trial balance: what every account opened with, moved by and stands at. Debits equal credits in every column.

import { addDays, parseDate } from '#kernel/dates'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { movements } from './movements.ts'

/**
 * Up to and with `asOf` (today when left out); with `from`, what was before it is the opening balance. Amounts in the
 * company's currency; a balance is debit less credit.
 */
export const trialBalance = query('ledger.trial-balance', {
  may: 'ledger.balance.read',
  title: 'Trial balance',
  parameters: T.object({ asOf: T.optional(T.date()), from: T.optional(T.date()) }),
  columns: {
    account: f.code(),
    name: f.text(),
    type: f.text(),
    opening: f.money(),
    debit: f.money(),
    credit: f.money(),
    balance: f.money(),
  },
  build: ({ asOf, from }, { companyId, today }) => sql`with opening as (
      select account, debit - credit as balance from ${movements(companyId, null, from ? addDays(parseDate(from), -1) : '0001-01-01', today)} m where ${from !== undefined}
    ), moved as (
      select account, debit, credit from ${movements(companyId, from ?? null, asOf ?? today, today)} m
    )
    select a.code as account, a.name, a.type, coalesce(o.balance, 0) as opening, coalesce(m.debit, 0) as debit, coalesce(m.credit, 0) as credit,
           coalesce(o.balance, 0) + coalesce(m.debit, 0) - coalesce(m.credit, 0) as balance
      from ledger.account a left join opening o on o.account = a.code left join moved m on m.account = a.code
     where a.company_id = ${companyId} and (o.account is not null or m.account is not null) order by a.code`,
})
