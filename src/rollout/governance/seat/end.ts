// Ending an appointment before its term; the seat is vacant from this day on unless somebody else holds it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seat } from './seat.ts'

export const end = command(seat.verbs.end, T.object({}), async ({ tx, set, today }) => {
  await tx.run(
    sql`update rollout.seat s set ends_on = greatest(s.starts_on, ${today}::date) from ${set} g where g.id = s.id`,
  )
})
