// What the rollout is asked: the drift of a site, how sites stand, and what a release would do to all of them.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, type Query, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { driftOf } from './drift/drift.ts'
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

/** Standardisation is the share of governed values that are on the template, in percent with one place. */
const board = query('rollout.board', {
  may: 'rollout.site.read',
  title: 'The sites with their release, their stage and how far they are on the template',
  columns: {
    id: f.ref('rollout.site'),
    code: f.code(),
    name: f.text(),
    wave: f.integer(),
    owner: f.text(),
    stage: f.text(),
    release: f.code(),
    newest_release: f.code({ optional: true }),
    plan: f.code({ optional: true }),
    applied_at: f.instant({ optional: true }),
    governed: f.integer({ optional: true }),
    on_template: f.integer({ optional: true }),
    standardisation: f.percent({ optional: true }),
    deviations: f.integer(),
    expired: f.integer(),
  },
  build: (_, { companyId, today }) => sql`
    select s.id, s.code, s.name, s.wave, s.owner, s.state as stage, r.number as release,
           (select n.number from rollout.release n where n.template = r.template and n.state = 'released' order by n.created_at desc, n.id desc limit 1) as newest_release,
           p.number as plan, s.applied_at, p.governed, p.on_template,
           round(100.0 * p.on_template / nullif(p.governed, 0), 1) as standardisation,
           (select count(*)::int from rollout.deviation d where d.company_id = s.company_id and d.site_id = s.id and d.state = 'approved' and d.expires_on >= ${today}::date) as deviations,
           (select count(*)::int from rollout.deviation d where d.company_id = s.company_id and d.site_id = s.id and d.state = 'approved' and d.expires_on < ${today}::date) as expired
      from rollout.site s join rollout.release r on r.id = s.release_id
      left join rollout.plan p on p.company_id = s.company_id and p.id = s.plan_id
     where s.company_id = ${companyId} order by s.wave, s.code`,
})

export const questions = (tools: Tools): readonly Query[] => [drift(tools), board]
