// What the rollout is asked: the drift of a site, how sites stand, their plans, and what the template says.
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { driftOf } from './drift/drift.ts'
import { board } from './questions/board.ts'
import { heldConflicts } from './questions/held-conflicts.ts'
import { planReview, plans } from './questions/plans.ts'
import { releases } from './questions/releases.ts'
import { standing } from './questions/standing.ts'
import { templateDiff } from './questions/template-diff.ts'
import { templateObjects } from './questions/template-objects.ts'
import { words } from './questions/words.ts'
import type { Tools } from './tools.ts'

const drift = (tools: Tools): Query =>
  computed('rollout.drift', {
    may: 'rollout.site.read',
    title: 'What differs at a site without an approval, with who changed it, when and how',
    parameters: T.object({ site: T.idOf('rollout.site') }),
    columns: {
      kind: f.code(),
      label: f.text(),
      key: f.text(),
      field: f.text({ optional: true }),
      what: f.choice(['changed', 'added', 'missing']),
      template: f.json({ optional: true }),
      live: f.json({ optional: true }),
      owner: f.code(),
      conflict: f.boolean(),
      expired: f.code({ optional: true }),
      who: f.text({ optional: true }),
      at: f.instant({ optional: true }),
      how: f.text({ optional: true }),
    },
    rows: ({ tx, context, parameters }) =>
      driftOf(tx, tools, { companyId: context.companyId, siteId: parameters.site, today: context.today }),
  })

export const questions = (tools: Tools): readonly Query[] => [
  drift(tools),
  board,
  heldConflicts,
  standing(tools),
  words(tools),
  plans,
  planReview(tools),
  releases,
  templateObjects(tools),
  templateDiff(tools),
]
