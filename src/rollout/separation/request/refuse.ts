// Saying no to a request, with the reason that whoever asked will read.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { requireDecider } from '../people.ts'
import { openRequests } from './open-requests.ts'
import { request } from './request.ts'

export const refuse = command(request.verbs.refuse, T.object({}), async (call) => {
  const { tx, context, companyId, set, actor, now, reason } = call
  for (const one of await openRequests(call)) {
    const { approver: role, account: concerned, requestedBy } = one
    await requireDecider(tx, context, { role, concerned, requestedBy, everywhere: one.everywhere })
  }
  await tx.run(sql`update rollout.access_request r set decided_by = ${actor}, decided_at = ${now}, decision_reason = ${reason ?? null}
    from ${set} s where r.company_id = ${companyId} and r.id = s.id`)
})
