// Keeping what an extension is really worth, in the figure that its proposal named.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'

/** `actual` in the unit of baseline and target; `on` is the day of the measurement, today unless given. */
export const MeasureInput = T.object({ actual: T.signedQuantity(), on: T.optional(T.date()) })

export const measure = command(extension.verbs.measure, MeasureInput, async ({ tx, companyId, set, input, today }) => {
  await tx.run(sql`update rollout.extension x set actual = ${input.actual}::numeric, measured_on = ${input.on ?? today}
    from ${set} s where x.company_id = ${companyId} and x.id = s.id`)
})
