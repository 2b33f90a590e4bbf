// Saying no to a waiver, with the reason that whoever asked will read.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { decidedWaivers } from './open-waivers.ts'
import { waiver } from './waiver.ts'

export const refuse = command(waiver.verbs.refuse, T.object({}), async (call) => {
  const { tx, companyId, set, actor, now, reason } = call
  await decidedWaivers(call)
  await tx.run(sql`update rollout.access_waiver w set decided_by = ${actor}, decided_at = ${now}, decision_reason = ${reason ?? null}
    from ${set} s where w.company_id = ${companyId} and w.id = s.id`)
})
