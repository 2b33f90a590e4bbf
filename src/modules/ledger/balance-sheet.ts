// The balance sheet on a day. What revenue and expense have come to stands in it as the result not yet carried forward.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { movements } from './movements.ts'

/** Assets are debit less credit; liabilities, equity and the result are credit less debit. `section` totals are equal on both sides. */
export const balanceSheet = query('ledger.balance-sheet', {
  may: 'ledger.balance.read',
  title: 'Balance sheet',
  parameters: T.object({ asOf: T.optional(T.date()) }),
  columns: {
    section: f.text(),
    account: f.code({ optional: true }),
    name: f.text(),
    amount: f.money(),
  },
  build: ({ asOf }, { companyId, today }) => sql`with moved as materialized (
      select a.code, a.name, a.type, m.debit - m.credit as balance
        from ${movements(companyId, null, asOf ?? today, today)} m join ledger.account a on a.company_id = ${companyId} and a.code = m.account
    )
    select case type when 'asset' then 'assets' else 'liabilities and equity' end as section, code as account, name,
           case type when 'asset' then balance else -balance end as amount
      from moved where type in ('asset', 'liability', 'equity')
    union all
    select 'liabilities and equity', null, 'Result not carried forward', coalesce(-sum(balance), 0) from moved where type in ('revenue', 'expense')
    order by section, account nulls last`,
})
