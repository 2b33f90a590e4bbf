// Locking a period: from the commit on, no path posts into it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { holdBack } from './hold-back.ts'
import { period } from './period.ts'

export const lock = command(period.verbs.lock, T.object({}), async (call) => {
  await holdBack(call)
  await call.tx.run(sql`update ledger.period p set locked_at = ${call.now}, locked_by = ${call.actor}, state = 'locked'
      from ${call.set} s where p.company_id = ${call.companyId} and p.id = s.id`)
})
