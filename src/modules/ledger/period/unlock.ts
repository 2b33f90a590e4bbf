// Unlocking a period, with a reason and a permission of its own, when there is no other way.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { holdBack } from './hold-back.ts'
import { period } from './period.ts'

export const unlock = command(period.verbs.unlock, T.object({}), async (call) => {
  await holdBack(call)
  await call.tx.run(sql`update ledger.period p set locked_at = null, locked_by = null, state = 'open'
      from ${call.set} s where p.company_id = ${call.companyId} and p.id = s.id`)
})
