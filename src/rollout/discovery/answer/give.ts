// Answering questions for a site, with the source of each answer.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { policy } from '../../governance/policy.ts'
import { siteOf } from '../../governance/site.ts'
import { once } from '../once.ts'
import { refuse } from '../refusals.ts'
import { answer } from './answer.ts'

/** `source` is who was asked or what was read. */
export const GiveInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  question: T.code(),
  answer: T.text(4000),
  source: T.text(200),
})

export const give = creation(answer.verbs.give, GiveInput, async ({ tx, companyId, ids, input, now, actor }) => {
  const known = policy().questions.map((one) => one.question)
  for (const [at, one] of input.entries()) {
    if (!known.includes(one.question)) refuse('QUESTION_UNKNOWN', { question: one.question, known: known.join(', ') })
    const site = await siteOf(tx, companyId, one.site)
    await once(
      `An answer to ${one.question}`,
      tx.run(sql`insert into rollout.answer (company_id, id, state, site_id, question, answer, source, answered_by, created_at, updated_at)
        values (${companyId}, ${ids[at]}, 'answered', ${site.id}, ${one.question}, ${one.answer}, ${one.source}, ${actor}, ${now}, ${now})`),
    )
  }
})
