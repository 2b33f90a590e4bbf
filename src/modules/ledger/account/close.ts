// Closing an account that is at zero and that nothing posts to any more.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

export const close = command(account.verbs.close, T.object({}), async ({ tx, companyId, set }) => {
  const found = await tx.first(sql<{ account: string; balance: string; user: string | null }>`with closing as (
      select a.code from ledger.account a join ${set} s on s.id = a.id where a.company_id = ${companyId}
    )
    select c.code as account, b.balance::text, u.name as user from closing c
      cross join lateral (select coalesce(sum(debit - credit), 0) as balance from ledger.balance where company_id = ${companyId} and account = c.code) b
      left join lateral (
        select 'the posting role ' || role as name from ledger.mapping where company_id = ${companyId} and account = c.code
        union all
        select 'the tax code ' || code from tax.v_code where company_id = ${companyId} and account = c.code
        limit 1
      ) u on true
     where b.balance <> 0 or u.name is not null limit 1`)
  if (found?.user) refuse('ACCOUNT_IN_USE', found)
  if (found) refuse('ACCOUNT_HAS_BALANCE', found)
})
