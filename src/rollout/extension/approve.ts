// Approving an extension: the design authority does, when the challenge, counted once more, reaches the threshold (EXT-06).
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import type { SeatRule } from '../governance/policy.ts'
import { sits } from '../governance/seat/sits.ts'
import { keepScore } from './challenge.ts'
import { answersOf, checklist, type Scored, scoreOf } from './checklist.ts'
import { extension } from './extension.ts'
import { type Open, openedByAnother } from './open.ts'
import { refuse } from './refusals.ts'

/** The score of an extension by the questions as they stand today. Refuses EXTENSION_UNCHALLENGED when it was not asked all of them. */
function rescored({ code, challenge }: Open): Scored {
  const asked = new Set((challenge ?? []).map((one) => one.question))
  const now = checklist().questions.map((one) => one.question)
  if (now.some((one) => !asked.has(one)) || asked.size > now.length) refuse('EXTENSION_UNCHALLENGED', { code })
  return scoreOf(answersOf(challenge ?? []))
}

/** Approves by a seat what `check` lets through; the score is counted anew and kept with who decided. */
export async function approveBy(
  call: Call<unknown>,
  seat: SeatRule,
  check: (one: Open, score: number) => string | null,
): Promise<void> {
  const { tx, context, companyId, actor, now } = call
  const all = await openedByAnother(call, 'approve')
  const by = await sits(tx, context, seat)
  for (const one of all) {
    const scored = rescored(one)
    const exception = check(one, scored.score)
    await tx.run(sql`update rollout.extension set approved_by = ${actor}, approved_at = ${now}, seat = ${by.seat}, on_behalf_of = ${by.onBehalfOf}, exception_reason = ${exception}
      where company_id = ${companyId} and id = ${one.id}`)
    await keepScore(call, one.id, scored, 'recount')
  }
}

export const approve = command(extension.verbs.approve, T.object({}), (call) =>
  approveBy(call, checklist().approves, ({ code }, score) => {
    const { threshold, approvesBelow } = checklist()
    if (score < threshold) refuse('EXTENSION_BELOW', { code, score, threshold, seat: approvesBelow.name })
    return null
  }),
)
