// What outcomes bring to the rollout: the agreement on them, and the question where they stand and what is behind.
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { T } from '#kernel/schema'
import type { Figures } from '../../pilot/figures.ts'
import type { Part } from '../shape.ts'
import { siteOf } from '../site.ts'
import { outcomesOf } from './actual.ts'
import { agreeing, concluding, revise } from './agree.ts'
import { outcome } from './outcome.ts'

const outcomes = (figures: Figures) =>
  computed('rollout.outcomes', {
    may: 'rollout.outcome.read',
    title: 'Outcomes of the programme: baseline, target, actual, and what is behind',
    parameters: T.object({ site: T.optional(T.text(60)) }),
    columns: {
      id: f.ref(outcome.name),
      number: f.code(),
      state: f.text(),
      site: f.code({ optional: true }),
      kind: f.text(),
      title: f.text(),
      seat: f.code(),
      measure: f.text(),
      unit: f.text(),
      baseline: f.quantity(),
      target: f.quantity(),
      actual: f.quantity({ optional: true }),
      progress: f.percent({ optional: true }),
      behind: f.boolean({ optional: true }),
      due_on: f.date(),
      version: f.integer(),
    },
    rows: async ({ tx, context: { companyId, today, now }, parameters: { site } }) => {
      const siteId = site === undefined ? null : (await siteOf(tx, companyId, site)).id
      return await outcomesOf(tx, figures, { companyId, siteId, today, now })
    },
  })

/** The part over the key figures that the product publishes. */
export const outcomePart = (figures: Figures): Part => ({
  documents: [outcome],
  commands: [agreeing(figures), revise, concluding(figures)],
  queries: [outcomes(figures)],
  jobs: {},
  invariants: [],
})
