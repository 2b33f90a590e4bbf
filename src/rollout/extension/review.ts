// Looking at the architecture of an extension: the seat of the checklist does, never who proposed it; what does not suit is rejected.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { sits } from '../governance/seat/sits.ts'
import { checklist } from './checklist.ts'
import { extension, OUTCOMES } from './extension.ts'
import { openedByAnother } from './open.ts'

/** `note` is what the review found: which hooks are used, what else would do, which conditions it sets. */
export const ReviewInput = T.object({ outcome: T.choice(OUTCOMES), note: T.text(4000) })

export const review = command(extension.verbs.review, ReviewInput, async (call) => {
  const { tx, context, companyId, input, set, actor, now } = call
  const all = await openedByAnother(call, 'review')
  await sits(tx, context, checklist().reviews)
  await tx.run(sql`update rollout.extension x set review_outcome = ${input.outcome}, review_note = ${input.note}, reviewed_by = ${actor}, reviewed_at = ${now}
    from ${set} s where x.company_id = ${companyId} and x.id = s.id`)
  const state = input.outcome === 'unsuitable' ? 'rejected' : 'reviewed'
  return { states: new Map(all.map((one) => [one.id, state])) }
})
