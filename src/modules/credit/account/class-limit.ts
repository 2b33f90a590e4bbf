// What a risk class allows, as the company's setting credit_risk_classes has it.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** Refuses CREDIT_LIMIT_CLASS when `limit` is more than the class of one of the accounts may have. */
export async function checkClassLimit(
  { tx, companyId, set }: Pick<Call<unknown>, 'tx' | 'companyId' | 'set'>,
  limit: string,
): Promise<void> {
  const above = await tx.first(sql<{ account: string; class: string; most: string }>`
    select a.code as account, a.risk_class as class, c.most from ${set} s
      join credit.account a on a.company_id = ${companyId} and a.id = s.id
      join company.v_company v on v.id = a.company_id
      cross join lateral (select v.settings #>> array['credit_risk_classes', a.risk_class, 'limit_max'] as most) c
     where ${limit}::numeric > c.most::numeric order by a.code limit 1`)
  if (above) refuse('CREDIT_LIMIT_CLASS', { ...above, limit })
}
