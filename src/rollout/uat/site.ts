// A site by its code or id, as people and machines name it.
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'

export const SITE_KEY = T.ref('rollout.site')

/** The id of a site of the company. Refuses SITE_NOT_HERE. */
export async function siteIdOf(tx: Tx, companyId: number, given: string): Promise<string> {
  const found = await tx.first(
    sql<{
      id: string
    }>`select id from rollout.site where company_id = ${companyId} and (code = ${given} or id::text = ${given})`,
  )
  return found?.id ?? refuse('SITE_NOT_HERE', { id: given })
}
