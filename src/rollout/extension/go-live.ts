// Putting an approved extension to work, while its last day is still to come.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'
import { checkRetirement } from './proposal.ts'

export const goLive = command(extension.verbs['go-live'], T.object({}), async ({ tx, companyId, set, today }) => {
  const rows = await tx.rows(
    sql<{
      retires_on: string
    }>`update rollout.extension x set live_since = ${today} from ${set} s where x.company_id = ${companyId} and x.id = s.id returning x.retires_on`,
  )
  for (const one of rows) checkRetirement(one.retires_on, today)
})
