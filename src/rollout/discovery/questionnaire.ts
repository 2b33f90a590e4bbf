// The questionnaire of a site: every question with its answer, those that are open first; and the functions that were heard.
import { relation, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { policy } from '../governance/policy.ts'

const parameters = T.object({ site: T.text(60) })

export const questionnaire = query('rollout.questionnaire', {
  may: 'rollout.answer.read',
  title: 'The questionnaire of a site with its answers',
  parameters,
  columns: {
    question: f.code(),
    area: f.code(),
    text: f.text(),
    answer_id: f.ref('rollout.answer', { optional: true }),
    answer: f.text({ optional: true }),
    source: f.text({ optional: true }),
    answered_by: f.text({ optional: true }),
    version: f.integer({ optional: true }),
  },
  build: ({ site }, { companyId }) => sql`
    select q.question, q.area, q.text, a.id as answer_id, a.answer, a.source, p.name as answered_by, a.version
      from ${relation(
        { place: 'int', question: 'text', area: 'text', text: 'text' },
        policy().questions.map((one, place) => ({ place, question: one.question, area: one.area, text: one.text })),
      )} q join rollout.site s on s.company_id = ${companyId} and (upper(s.code) = upper(${site}) or s.id::text = ${site})
      left join rollout.answer a on a.company_id = s.company_id and a.site_id = s.id and a.question = q.question and a.state = 'answered'
      left join access.account p on p.id = a.answered_by
     order by a.id is not null, q.place`,
})

export const functions = query('rollout.functions', {
  may: 'rollout.participant.read',
  title: 'Functions that have to take part in a site, and who did',
  parameters,
  columns: { function: f.code(), name: f.text(), missing: f.boolean(), people: f.text(), workshops: f.integer() },
  build: ({ site }, { companyId }) => sql`
    select q.function, q.name, count(p.id) = 0 as missing, coalesce(string_agg(distinct p.name, ', '), '') as people, count(distinct p.workshop)::int as workshops
      from ${relation(
        { place: 'int', function: 'text', name: 'text' },
        policy().functions.map((one, place) => ({ place, function: one.function, name: one.name })),
      )} q join rollout.site s on s.company_id = ${companyId} and (upper(s.code) = upper(${site}) or s.id::text = ${site})
      left join rollout.participant p on p.company_id = s.company_id and p.site_id = s.id and p.function = q.function and p.state = 'took-part'
     group by q.place, q.function, q.name order by count(p.id) > 0, q.place`,
})
