// Reopening a signed register by an approved change request; what was signed stays in the history.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { approvedChange } from '../lock.ts'
import { register } from './register.ts'

export const ReopenInput = T.object({ changeRequest: T.ref('rollout.change-request') })

export const reopen = command(register.verbs.reopen, ReopenInput, async ({ tx, companyId, set, input }) => {
  const change = await approvedChange(tx, companyId, input.changeRequest)
  await tx.run(
    sql`update rollout.register g set change_request_id = ${change} from ${set} s where g.company_id = ${companyId} and g.id = s.id`,
  )
})
