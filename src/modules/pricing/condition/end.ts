// Ending a condition on a day: it applies until then, and is missed aloud afterwards when it was an agreement.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { condition } from './condition.ts'

/** `until` is the last day on which the condition applies. */
export const EndInput = T.object({ until: T.date() })

export const end = command(condition.verbs.end, EndInput, async ({ tx, companyId, today, input, set }) => {
  const wrong = await tx.first(sql<{ number: string; valid: string }>`
    with ended as (
      update pricing.condition c set valid = c.valid * daterange(null, ${input.until}::date, '[]') from ${set} s
       where c.company_id = ${companyId} and c.id = s.id and c.valid @> ${input.until}::date and ${input.until}::date >= ${today}::date
      returning c.id
    )
    select c.number, c.valid::text as valid from pricing.condition c join ${set} s on s.id = c.id
     where c.company_id = ${companyId} and not exists (select from ended e where e.id = c.id) limit 1`)
  if (wrong) refuse('CONDITION_ENDED', { ...wrong, day: input.until })
})
