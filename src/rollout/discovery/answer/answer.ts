// An answer of a site to a question of the questionnaire: what is so today, and who says so (DIS-01).
import { document, f } from '#kernel/document'

export const answer = document('rollout.answer', {
  label: 'Answer',
  role: 'transaction',
  table: 'rollout.answer',
  numbered: 'question',
  fields: {
    site: f.ref('rollout.site', { column: 'site_id' }),
    question: f.code(),
    answer: f.text(),
    source: f.text(),
    answeredBy: f.ref('access.account', { column: 'answered_by', label: 'Answered by' }),
  },
  states: ['answered', 'withdrawn'],
  editableIn: ['answered'],
  list: { columns: ['site', 'question', 'answer', 'source'], search: ['question', 'answer'], sort: 'question' },
  verbs: {
    give: { from: null, to: 'answered' },
    correct: { from: ['answered'], to: 'answered' },
    withdraw: { from: ['answered'], to: 'withdrawn', reason: 'required' },
  },
})
