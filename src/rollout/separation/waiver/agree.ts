// Agreeing to a waiver: from this moment it covers its pair, for its account, in this company, until its day.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { decidedWaivers } from './open-waivers.ts'
import { waiver } from './waiver.ts'

export const agree = command(waiver.verbs.agree, T.object({}), async (call) => {
  const { tx, companyId, set, actor, now, today, reason } = call
  for (const { expiresOn } of await decidedWaivers(call)) {
    if (expiresOn < today) refuse('ACCESS_DAYS', { from: today, until: expiresOn, most: 366 })
  }
  await tx.run(sql`update rollout.access_waiver w set decided_by = ${actor}, decided_at = ${now}, decision_reason = ${reason ?? null}
    from ${set} s where w.company_id = ${companyId} and w.id = s.id`)
  await tx.run(sql`insert into access.separation_waiver (id, separation_id, account_id, reason, approved_by, expires_on, holds_in, same_document, control)
    select w.id, w.separation, w.account_id, w.reason, ${actor}, w.expires_on, ${companyId}, w.same_document, w.control
      from rollout.access_waiver w join ${set} s on s.id = w.id where w.company_id = ${companyId}`)
})
