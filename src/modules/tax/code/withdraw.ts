// Withdrawing a tax code that no rule and no certificate leads to any more.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { code } from './code.ts'

export const withdraw = command(code.verbs.withdraw, T.object({}), async ({ tx, companyId, set, today }) => {
  const used = await tx.first(sql<{ code: string; what: string }>`
    select c.code, case when u.code is not null then 'the rule for ' || u.position || ' and ' || u.tax_class else 'the certificate ' || e.certificate end as what
      from tax.code c join ${set} s on s.id = c.id
      left join tax.rule u on u.company_id = c.company_id and u.code = c.code and u.state = 'active'
      left join tax.exemption e on e.company_id = c.company_id and e.code = c.code and e.state = 'active' and not e.valid << daterange(${today}::date, null)
     where c.company_id = ${companyId} and (u.code is not null or e.code is not null) limit 1`)
  if (used) {
    refuse('TAX_CODE_IN_USE', used)
  }
})
