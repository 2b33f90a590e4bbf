// Questions about fit and gap: the workbook of a site, how much of each site is standard, and what the product can do.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { type Query, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { type Capability, capabilityRows } from './capability.ts'

/** `precedent`: the newest answer of another site to the same topic. `locked`: the register is signed. */
export const workbook = query('rollout.workbook', {
  may: 'rollout.requirement.read',
  title: 'The fit-gap workbook of a site',
  parameters: T.object({ site: T.text(60) }),
  columns: {
    id: f.ref('rollout.requirement'),
    number: f.code(),
    state: f.text(),
    topic: f.text(),
    title: f.text(),
    detail: f.text(),
    area: f.code(),
    capability: f.code({ optional: true }),
    scenario: f.text({ optional: true }),
    answer: f.text({ optional: true }),
    cause: f.text({ optional: true }),
    evidence: f.text({ optional: true }),
    business_value: f.integer({ optional: true }),
    effort: f.quantity({ optional: true }),
    control_impact: f.text({ optional: true }),
    repeatability: f.integer({ optional: true }),
    in_baseline: f.boolean(),
    decided_by: f.text({ optional: true }),
    decision: f.code({ optional: true }),
    deviation: f.code({ optional: true }),
    taken_over: f.text({ optional: true }),
    precedent: f.text({ optional: true }),
    precedent_site: f.code({ optional: true }),
    locked: f.boolean(),
    version: f.integer(),
  },
  build: ({ site }, { companyId }) => sql`
    select r.id, r.number, r.state, r.topic, r.title, r.detail, r.area, r.capability, r.scenario, r.answer, r.cause, r.evidence, r.business_value, trim_scale(r.effort) as effort,
           r.control_impact, r.repeatability, r.in_baseline, a.name as decided_by, c.number as decision, d.number as deviation, t.site_code as taken_over, p.answer as precedent, p.site_code as precedent_site,
           exists (select from rollout.register g where g.company_id = r.company_id and g.site_id = r.site_id and g.state = 'signed') as locked, r.version
      from rollout.requirement r join rollout.site s on s.company_id = r.company_id and s.id = r.site_id
      left join access.account a on a.id = r.decided_by left join rollout.decision c on c.company_id = r.company_id and c.id = r.decision_id
      left join rollout.deviation d on d.company_id = r.company_id and d.id = r.deviation_id left join rollout.precedent t on t.id = r.taken_over_from
      left join lateral (select x.answer, x.site_code from rollout.precedent x where x.topic = r.topic and x.site_code <> s.code and x.answer <> 'customise' order by x.signed_at desc, x.id limit 1) p on true
     where r.company_id = ${companyId} and (upper(s.code) = upper(${site}) or s.id::text = ${site}) and r.state <> 'dropped'
     order by r.state = 'classified', r.area, r.number limit 5000`,
})

/** One row a site of the company: `fit` is the share of what is decided and not put off that the standard meets, in percent. */
export const fitRates = query('rollout.fit-rates', {
  may: 'rollout.requirement.read',
  title: 'How much of each site the standard meets, and why the rest does not fit',
  columns: {
    site: f.code(),
    name: f.text(),
    wave: f.integer(),
    requirements: f.integer(),
    classified: f.integer(),
    fit: f.percent({ optional: true }),
    answers: f.json(),
    causes: f.json(),
    reused: f.integer(),
    unbaselined: f.integer(),
    register: f.code({ optional: true }),
    signed_by: f.text({ optional: true }),
    signed_at: f.instant({ optional: true }),
  },
  build: (_, { companyId }) => sql`
    with told as (
      select r.site_id, count(*)::int as requirements, (count(*) filter (where r.state = 'classified'))::int as classified,
             trim_scale(round(100.0 * count(*) filter (where r.answer in ('adopt', 'process-change') or (r.answer = 'configure' and r.deviation_id is null))
               / nullif(count(*) filter (where r.state = 'classified' and r.answer <> 'defer'), 0), 2)) as fit,
             (count(*) filter (where r.taken_over_from is not null))::int as reused, (count(*) filter (where not r.in_baseline))::int as outside
        from rollout.requirement r where r.company_id = ${companyId} and r.state <> 'dropped' group by r.site_id
    ), by_answer as (
      select site_id, jsonb_object_agg(answer, n) as answers from (select r.site_id, r.answer, count(*) as n from rollout.requirement r
        where r.company_id = ${companyId} and r.state = 'classified' group by 1, 2) x group by site_id
    ), by_cause as (
      select site_id, jsonb_object_agg(cause, n) as causes from (select r.site_id, r.cause, count(*) as n from rollout.requirement r
        where r.company_id = ${companyId} and r.state = 'classified' and r.cause is not null group by 1, 2) x group by site_id
    )
    select s.code as site, s.name, s.wave, coalesce(t.requirements, 0) as requirements, coalesce(t.classified, 0) as classified, t.fit, coalesce(a.answers, '{}') as answers, coalesce(c.causes, '{}') as causes,
           coalesce(t.reused, 0) as reused, case when g.id is null then 0 else coalesce(t.outside, 0) end as unbaselined, g.number as register, p.name as signed_by, g.signed_at
      from rollout.site s left join told t on t.site_id = s.id left join by_answer a on a.site_id = s.id left join by_cause c on c.site_id = s.id
      left join rollout.register g on g.company_id = s.company_id and g.site_id = s.id and g.state = 'signed' left join access.account p on p.id = g.signed_by
     where s.company_id = ${companyId} order by s.wave, s.code`,
})

/** The register of capabilities, from the descriptions: every document, and every verb of one. */
export const capabilitiesQuery = (all: readonly Capability[]): Query =>
  query('rollout.capabilities', {
    may: 'rollout.requirement.read',
    title: 'What the product can do: every document and every verb',
    parameters: T.object({ documents: T.optional(T.boolean()) }),
    columns: {
      id: f.code(),
      document: f.code(),
      verb: f.code({ optional: true }),
      area: f.code(),
      label: f.text(),
      role: f.text(),
      detail: f.text(),
    },
    build: ({ documents }) => sql`select id, document, verb, area, label, role, detail from ${capabilityRows(all)} c
      where not ${documents ?? false}::boolean or verb is null order by place`,
  })
