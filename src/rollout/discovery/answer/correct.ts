// Correcting an answer; what was said before stays in the history.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { answer } from './answer.ts'
import { GiveInput } from './give.ts'

const { answer: text, source } = GiveInput.properties

export const correct = command(
  answer.verbs.correct,
  T.object({ answer: text, source: T.optional(source) }),
  async ({ tx, companyId, set, input, actor }) => {
    await tx.run(sql`update rollout.answer a set answer = ${input.answer}, source = coalesce(${input.source ?? null}, a.source), answered_by = ${actor}
      from ${set} s where a.company_id = ${companyId} and a.id = s.id`)
  },
)
