// Confirming grants in a review: they stay as they are, and it is known who looked.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { DecideInput, linesToDecide, settle } from './lines.ts'
import { review } from './review.ts'

export const confirm = command(review.verbs.confirm, DecideInput, async (call) => {
  const lines = await linesToDecide(call)
  // Somebody has looked at the grant: another review that asks about it just now has its answer as well.
  await call.tx.run(sql`update rollout.access_review_line l set outcome = 'confirmed', decided_by = ${call.actor}, decided_at = ${call.now},
      note = ${`Confirmed in ${lines[0]?.number}`}
    from rollout.access_review r where l.company_id = ${call.companyId} and r.company_id = l.company_id and r.id = l.review_id and r.state = 'open'
     and l.outcome is null and l.grant_id = any(${lines.map((one) => one.grant)}::uuid[]) and l.id <> all(${lines.map((one) => one.id)}::uuid[])`)
  await settle(call, lines, { outcome: 'confirmed', by: call.actor, note: call.input.note })
})
