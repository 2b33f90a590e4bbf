// Judging a risk anew: how likely, how bad, who answers for it, what is done, and where it is called.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seatRule } from '../policy.ts'
import { RaiseInput } from './raise.ts'
import { risk } from './risk.ts'

const { seat, probability, impact, response, trigger } = RaiseInput.properties

/** What is not given stays. */
export const AssessInput = T.object({
  seat: T.optional(seat),
  probability: T.optional(probability),
  impact: T.optional(impact),
  response: T.optional(response),
  trigger,
})

export const assess = command(risk.verbs.assess, AssessInput, async ({ tx, companyId, set, input }) => {
  if (input.seat !== undefined) seatRule(input.seat)
  await tx.run(sql`update rollout.risk r set seat = coalesce(${input.seat ?? null}, r.seat), probability = coalesce(${input.probability ?? null}::int, r.probability),
      impact = coalesce(${input.impact ?? null}::int, r.impact), response = coalesce(${input.response ?? null}, r.response),
      trigger_at = case when r.metric is null then null else coalesce(${input.trigger ?? null}::numeric, r.trigger_at) end
    from ${set} s where r.company_id = ${companyId} and r.id = s.id`)
})
