// Challenging an extension: each question of the checklist gets one of its answers, and the points are counted (EXT-06).
import { Type } from '@sinclair/typebox'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checklist, type Scored, scoreOf } from './checklist.ts'
import { extension } from './extension.ts'
import { openedByAnother } from './open.ts'

/** `answers` by question, as the checklist of the template names them. */
export const ChallengeInput = T.object({ answers: T.record(T.code()) })

export const ChallengeResult = Type.Object({
  score: Type.Integer(),
  threshold: Type.Integer(),
  parts: Type.Array(
    Type.Object({
      question: Type.String(),
      answer: Type.String(),
      weight: Type.Integer(),
      points: Type.Integer(),
      score: Type.Integer(),
    }),
  ),
})

/** Keeps a score with its parts, by the checklist as it stands, and who asked when it is a challenge and not a recount. */
export async function keepScore(
  { tx, companyId, actor, now }: Call<unknown>,
  id: string,
  scored: Scored,
  what: 'challenge' | 'recount',
): Promise<void> {
  const asked = what === 'challenge'
  await tx.run(sql`update rollout.extension set challenge = ${JSON.stringify(scored.parts)}::jsonb, challenge_hash = ${checklist().fingerprint},
      score = ${scored.score}, threshold = ${checklist().threshold},
      challenged_by = case when ${asked}::boolean then ${actor}::uuid else challenged_by end, challenged_at = case when ${asked}::boolean then ${now}::timestamptz else challenged_at end
    where company_id = ${companyId} and id = ${id}`)
}

export const challenge = command(
  extension.verbs.challenge,
  ChallengeInput,
  async (call) => {
    const all = await openedByAnother(call, 'challenge')
    const scored = scoreOf(call.input.answers)
    for (const { id } of all) await keepScore(call, id, scored, 'challenge')
    const states = new Map(all.map((one) => [one.id, one.state]))
    return { states, result: { ...scored, threshold: checklist().threshold } }
  },
  ChallengeResult,
)
