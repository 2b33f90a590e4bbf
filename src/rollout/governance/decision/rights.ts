// The decision rights as people read them: who decides on what, who is asked first, and who is told (GOV-02, GOV-03).
import { relation, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { policy } from '../policy.ts'

const LISTED = {
  place: 'int',
  decision: 'text',
  decides: 'text',
  consulted: 'text',
  informed: 'text',
  answer_days: 'int',
} as const

export const rights = query('rollout.rights', {
  may: 'rollout.decision.read',
  title: 'Decision rights: who decides, is asked and is told',
  columns: { decision: f.code(), decides: f.code(), consulted: f.text(), informed: f.text(), answer_days: f.integer() },
  build: () =>
    sql`select decision, decides, consulted, informed, answer_days from ${relation(
      LISTED,
      policy()['decision-rights'].map((one, place) => ({
        place,
        decision: one.decision,
        decides: one.decides,
        consulted: one.consulted.join(', '),
        informed: one.informed.join(', '),
        answer_days: one['answer-days'],
      })),
    )} r order by place`,
})
