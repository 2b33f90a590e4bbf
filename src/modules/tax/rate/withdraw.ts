// Withdrawing a rate that should not have been set; the rate before it holds again.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { rate } from './rate.ts'

export const withdraw = command(rate.verbs.withdraw, T.object({}), async ({ tx, companyId, set, now }) => {
  // The rows leave first, so that the ones before them may take their days back.
  await tx.run(
    sql`update tax.rate r set state = 'withdrawn' from ${set} s where r.company_id = ${companyId} and r.id = s.id`,
  )
  await tx.run(sql`update tax.rate r set valid = daterange(lower(r.valid), (
        select min(lower(n.valid)) from tax.rate n
         where n.company_id = r.company_id and n.code = r.code and n.state = 'active' and lower(n.valid) > lower(r.valid))),
      version = r.version + 1, updated_at = ${now}
    where r.company_id = ${companyId} and r.state = 'active'
      and exists (select from tax.rate gone join ${set} s on s.id = gone.id
        where gone.company_id = r.company_id and gone.code = r.code and upper(r.valid) = lower(gone.valid))`)
})
