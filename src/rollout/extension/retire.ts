// Ending an extension, with the reason: it is not overdue any more, and its code is free.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'

export const retire = command(extension.verbs.retire, T.object({}), async ({ tx, companyId, set, today }) => {
  await tx.run(
    sql`update rollout.extension x set retired_on = ${today} from ${set} s where x.company_id = ${companyId} and x.id = s.id`,
  )
})
