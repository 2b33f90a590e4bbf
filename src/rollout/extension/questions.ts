// What is asked about extensions: the register with what is overdue first, and the parts of a score.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { answersOf, checklist, type Part, scoreOf } from './checklist.ts'
import { extension } from './extension.ts'

/** `overdue`: live, and the last day gone. `reached`: how much of the way from baseline to target is measured, in percent, exact to two places. */
export const register = query('rollout.extensions', {
  may: 'rollout.extension.read',
  title: 'The register of extensions, what is overdue first',
  parameters: T.object({ site: T.optional(T.text(60)) }),
  columns: {
    id: f.ref(extension.name),
    code: f.code(),
    name: f.text(),
    state: f.text(),
    category: f.text(),
    site: f.code({ optional: true }),
    business_owner: f.text(),
    score: f.integer({ optional: true }),
    threshold: f.integer({ optional: true }),
    below: f.boolean(),
    review: f.text({ optional: true }),
    reviewed_by: f.text({ optional: true }),
    approved_by: f.text({ optional: true }),
    tests: f.integer(),
    metric: f.text(),
    reached: f.percent({ optional: true }),
    retires_on: f.date(),
    overdue: f.boolean(),
    days_over: f.integer({ optional: true }),
    version: f.integer(),
  },
  build: ({ site }, { companyId, today }) => sql`
    select x.id, x.code, x.name, x.state, x.category, s.code as site, o.name as business_owner, x.score, x.threshold, coalesce(x.score < x.threshold, false) as below,
           x.review_outcome as review, r.name as reviewed_by, a.name as approved_by, jsonb_array_length(x.tests) as tests, x.metric,
           trim_scale(round(100 * (x.actual - x.baseline) / (x.target - x.baseline), 2)) as reached, x.retires_on,
           x.state = 'live' and x.retires_on < ${today}::date as overdue,
           case when x.state = 'live' and x.retires_on < ${today}::date then ${today}::date - x.retires_on end as days_over, x.version
      from rollout.extension x left join rollout.site s on s.company_id = x.company_id and s.id = x.site_id
      join access.account o on o.id = x.business_owner left join access.account r on r.id = x.reviewed_by left join access.account a on a.id = x.approved_by
     where x.company_id = ${companyId} and (${site ?? null}::text is null or s.code = ${site ?? null}::text)
     order by x.state = 'live' and x.retires_on < ${today}::date desc, x.state in ('retired', 'rejected'), x.code, x.created_at limit 1000`,
})

/** One row a question: the answer that was given, and what it counts; without an extension the questions with the most they can count. */
export const challengeOf = computed('rollout.extension-challenge', {
  may: 'rollout.extension.read',
  title: 'The challenge of an extension: each question with its answer and its part of the score',
  parameters: T.object({ extension: T.optional(T.idOf(extension.name)) }),
  columns: {
    question: f.code(),
    text: f.text(),
    answers: f.text(),
    answer: f.text({ optional: true }),
    answer_text: f.text({ optional: true }),
    weight: f.integer(),
    points: f.integer({ optional: true }),
    score: f.integer({ optional: true }),
    most: f.integer(),
  },
  rows: async ({ tx, context, parameters }) => {
    const found = await tx.first(sql<{ challenge: readonly Part[] | null }>`select challenge from rollout.extension
      where company_id = ${context.companyId} and id = ${parameters.extension ?? null}::uuid`)
    const kept = found?.challenge ?? []
    // Counted anew where the questions are still the same; an older challenge is shown as it was counted then.
    const same =
      kept.length > 0 && checklist().questions.every((one) => kept.some((part) => part.question === one.question))
    const parts = new Map((same ? scoreOf(answersOf(kept)).parts : kept).map((one) => [one.question, one]))
    return checklist().questions.map(({ question, text, weight, answers }) => {
      const part = parts.get(question)
      return {
        question,
        text,
        answers: answers.map((one) => one.answer).join(', '),
        answer: part?.answer ?? null,
        answer_text: answers.find((one) => one.answer === part?.answer)?.text ?? null,
        weight,
        points: part?.points ?? null,
        score: part?.score ?? null,
        most: weight * Math.max(...answers.map((one) => one.points)),
      }
    })
  },
})
