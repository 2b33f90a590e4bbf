// What the deployment checklist brings to the rollout: its generation, the ticks, and the question how far it is.
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { T } from '#kernel/schema'
import type { Kinds } from '../configuration/live.ts'
import type { Criteria } from '../gate/criteria.ts'
import type { Part } from '../governance/shape.ts'
import { siteOf } from '../governance/site.ts'
import { checklist, checklistItem } from './checklist.ts'
import { generating } from './generate.ts'
import { reopen, sign, waive } from './sign.ts'
import { standingOf } from './standing.ts'

/** `value` is what the measure of an item says now. */
const standing = (criteria: Criteria) =>
  computed('rollout.deployment-checklist', {
    may: 'rollout.checklist.read',
    title: 'The deployment checklist of a site, by due date, with what its measures say',
    parameters: T.object({ site: T.text(60) }),
    columns: {
      id: f.ref(checklistItem.name),
      item: f.code(),
      title: f.text(),
      seat: f.code(),
      due_on: f.date(),
      state: f.text(),
      settled: f.boolean(),
      overdue: f.boolean(),
      criterion: f.code({ optional: true }),
      threshold: f.quantity({ optional: true }),
      value: f.quantity({ optional: true }),
      evidence: f.text({ optional: true }),
      signed_by: f.text({ optional: true }),
      version: f.integer(),
    },
    rows: async ({ tx, context, parameters }) => {
      const { companyId, today, now } = context
      const { id } = await siteOf(tx, companyId, parameters.site)
      return await standingOf(tx, criteria, { companyId, siteId: id, today, now })
    },
  })

/** The part over the kinds of configuration and the criteria that items may be checked by. */
export const checklistPart = (kinds: Kinds, criteria: Criteria): Part => ({
  documents: [checklist, checklistItem],
  commands: [generating(kinds, criteria), sign, waive, reopen],
  queries: [standing(criteria)],
  jobs: {},
  invariants: [],
})
