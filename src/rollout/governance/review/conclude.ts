// Putting a review on record: by the seat that holds it, with its minutes.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seatRule } from '../policy.ts'
import { sits } from '../seat/sits.ts'
import { review } from './review.ts'
import { reviewRule } from './rules.ts'

/** Refuses NOT_YOUR_SEAT and SEAT_VACANT. */
export const conclude = command(
  review.verbs.conclude,
  T.object({ minutes: T.text(8000) }),
  async ({ tx, context, companyId, set, input, today, actor }) => {
    const rows = await tx.rows(
      sql<{
        id: string
        review: string
      }>`select v.id, v.review from rollout.review v join ${set} s on s.id = v.id where v.company_id = ${companyId}`,
    )
    for (const one of rows) {
      const by = await sits(tx, context, seatRule(reviewRule(one.review).seat))
      await tx.run(sql`update rollout.review set held_on = ${today}, held_by = ${actor}, seat = ${by.seat}, minutes = ${input.minutes}
        where company_id = ${companyId} and id = ${one.id}`)
    }
  },
)
