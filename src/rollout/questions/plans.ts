// Plans as people review them: the list of a site, and one plan with its hash, its people, and what stands in its way.
import { type Sql, sql, type Tx } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, type Query, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { computePlan, readSite } from '../plan/compute.ts'
import { hashOfPlan } from '../plan/make.ts'
import type { Tools } from '../tools.ts'
import { refuse } from './refusals.ts'

const people = sql`left join access.account m on m.id = p.made_by left join access.account a on a.id = p.approved_by
  left join access.account u on u.id = p.applied_by`

const deferred = sql`(select count(*)::int from jsonb_array_elements(p.items) i where i ->> 'change' = 'deferred')`

export const plans = query('rollout.plans', {
  may: 'rollout.plan.read',
  title: 'The plans of a site, the newest first, with who made, approved and applied them',
  parameters: T.object({ site: T.optional(T.text(60)) }),
  columns: {
    id: f.ref('rollout.plan'),
    number: f.code(),
    state: f.text(),
    site: f.code(),
    kind: f.text(),
    release: f.code(),
    steps: f.integer(),
    deferred: f.integer(),
    drift: f.integer(),
    made_by: f.text(),
    made_at: f.instant(),
    approved_by: f.text({ optional: true }),
    applied_by: f.text({ optional: true }),
    applied_at: f.instant({ optional: true }),
  },
  build: ({ site }, { companyId }) => sql`
    select p.id, p.number, p.state, s.code as site, p.kind, r.number as release, p.steps, ${deferred} as deferred, jsonb_array_length(p.drift) as drift,
           coalesce(m.name, '') as made_by, p.created_at as made_at, a.name as approved_by, u.name as applied_by, p.applied_at
      from rollout.plan p join rollout.site s on s.company_id = p.company_id and s.id = p.site_id join rollout.release r on r.id = p.release_id ${people}
     where p.company_id = ${companyId} and (${site ?? null}::text is null or s.code = ${site ?? null}::text or s.id::text = ${site ?? null}::text)
     order by p.created_at desc, p.id desc limit 500`,
})

type Reviewed = {
  readonly id: string
  readonly state: string
  readonly site_id: string
  readonly release_id: string
  readonly parent_id: string | null
  readonly hash: string
  readonly reverts: readonly string[]
}

const reviewed = (companyId: number, plan: string): Sql<Reviewed> => sql<Reviewed>`
  select p.id, p.number, p.state, p.version, p.site_id, s.code as site, s.name as site_name, s.wave, p.release_id, r.number as release, p.kind, p.steps,
         p.governed, p.on_template, p.complete, p.applyable, p.items, p.drift, p.kept, p.reverts, encode(p.hash, 'hex') as hash, p.parent_id, b.number as parent,
         p.made_by as made_by_id, coalesce(m.name, '') as made_by, p.created_at as made_at, a.name as approved_by, u.name as applied_by, p.applied_at
    from rollout.plan p join rollout.site s on s.company_id = p.company_id and s.id = p.site_id join rollout.release r on r.id = p.release_id
    left join rollout.plan b on b.company_id = p.company_id and b.id = p.parent_id ${people}
   where p.company_id = ${companyId} and (p.id::text = ${plan} or p.number = ${plan})`

/** Why a plan that is not applied yet could not be applied any more; null while it could. */
async function staleness(tx: Tx, tools: Tools, given: { companyId: number; today: string; plan: Reviewed }) {
  const { companyId, today, plan } = given
  if (plan.state !== 'made' && plan.state !== 'approved') return null
  const site = await readSite(tx, companyId, plan.site_id)
  if (site.plan_id !== plan.parent_id) return 'plan'
  if (site.release_id !== plan.release_id) return 'release'
  const { plan: now } = await computePlan(tx, tools, { companyId, site, today, revert: new Set(plan.reverts) })
  return hashOfPlan(now, site).toString('hex') === plan.hash ? null : 'configuration'
}

/**
 * One plan, by id or number, with everything that its reader decides upon. `stale` says what has moved since it was made:
 * another plan was applied, the site follows another release, or its configuration changed. Refuses PLAN_UNKNOWN.
 */
export const planReview = (tools: Tools): Query =>
  computed('rollout.plan-review', {
    may: 'rollout.plan.read',
    title: 'A plan as it is reviewed: its steps, what it leaves, its hash, its people, and what has moved since',
    parameters: T.object({ plan: T.text(60) }),
    columns: {
      id: f.ref('rollout.plan'),
      number: f.code(),
      state: f.text(),
      version: f.integer(),
      site_id: f.ref('rollout.site'),
      site: f.code(),
      site_name: f.text(),
      wave: f.integer(),
      release_id: f.ref('rollout.release'),
      release: f.code(),
      kind: f.text(),
      steps: f.integer(),
      governed: f.integer(),
      on_template: f.integer(),
      complete: f.boolean(),
      applyable: f.boolean(),
      items: f.json(),
      drift: f.json(),
      kept: f.json(),
      reverts: f.json(),
      hash: f.text(),
      parent_id: f.ref('rollout.plan', { optional: true }),
      parent: f.code({ optional: true }),
      made_by_id: f.ref('access.account'),
      made_by: f.text(),
      made_at: f.instant(),
      approved_by: f.text({ optional: true }),
      applied_by: f.text({ optional: true }),
      applied_at: f.instant({ optional: true }),
      stale: f.choice(['plan', 'release', 'configuration'], { optional: true }),
    },
    rows: async ({ tx, context: { companyId, today }, parameters }) => {
      const plan = await tx.first(reviewed(companyId, parameters.plan))
      if (!plan) return refuse('PLAN_UNKNOWN', { plan: parameters.plan })
      return [{ ...plan, stale: await staleness(tx, tools, { companyId, today, plan }) }]
    },
  })
