// The gates of a site in their order, each with its newest run, as the gate page shows them.
import { relation, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { policy } from '../../governance/policy.ts'

type Listed = {
  place: number
  gate: string
  name: string
  from_state: string
  to_state: string
  valid_days: number
  asked: number
}

const gateRows = () =>
  relation<Listed>(
    { place: 'int', gate: 'text', name: 'text', from_state: 'text', to_state: 'text', valid_days: 'int', asked: 'int' },
    policy().gates.map((one, place) => ({
      place,
      gate: one.gate,
      name: one.name,
      from_state: one.from,
      to_state: one.to,
      valid_days: one['valid-days'],
      asked: one.criteria.length,
    })),
  )

/** `ahead`: the gate that the site stands before. `fresh`: whether the run may still open it today. */
export const gates = query('rollout.gates', {
  may: 'rollout.gate-run.read',
  title: 'The gates of a site, each with its newest run',
  parameters: T.object({ site: T.text(60) }),
  columns: {
    gate: f.code(),
    name: f.text(),
    from_state: f.text(),
    to_state: f.text(),
    asked: f.integer(),
    ahead: f.boolean(),
    run: f.ref('rollout.gate-run', { optional: true }),
    number: f.code({ optional: true }),
    state: f.text({ optional: true }),
    verdict: f.text({ optional: true }),
    criteria: f.json({ optional: true }),
    hash: f.text({ optional: true }),
    on_day: f.date({ optional: true }),
    at: f.instant({ optional: true }),
    fresh: f.boolean({ optional: true }),
    evaluated_by: f.text({ optional: true }),
    overridden_by: f.text({ optional: true }),
    override_reason: f.text({ optional: true }),
    version: f.integer({ optional: true }),
  },
  build: ({ site }, { companyId, today }) => sql`
    select g.gate, g.name, g.from_state, g.to_state, g.asked, s.state = g.from_state as ahead, r.id as run, r.number, r.state, r.verdict, r.criteria, r.hash, r.on_day, r.created_at as at,
           r.on_day + g.valid_days >= ${today}::date as fresh, e.name as evaluated_by, o.name as overridden_by, r.override_reason, r.version
      from ${gateRows()} g join rollout.site s on s.company_id = ${companyId} and (upper(s.code) = upper(${site}) or s.id::text = ${site})
      left join lateral (select * from rollout.gate_run x where x.company_id = s.company_id and x.site_id = s.id and x.gate = g.gate order by x.created_at desc, x.id desc limit 1) r on true
      left join access.account e on e.id = r.evaluated_by left join access.account o on o.id = r.overridden_by
     order by g.place`,
})

/** What people record as evidence: the kinds, their units and who signs them. */
export const evidenceKinds = query('rollout.evidence-kinds', {
  may: 'rollout.evidence.read',
  title: 'Kinds of evidence, and who signs them',
  columns: { kind: f.code(), name: f.text(), unit: f.text(), signs: f.code(), valid_days: f.integer() },
  build: () =>
    sql`select kind, name, unit, signs, valid_days from ${relation(
      { place: 'int', kind: 'text', name: 'text', unit: 'text', signs: 'text', valid_days: 'int' },
      policy().evidence.map((one, place) => ({
        place,
        kind: one.kind,
        name: one.name,
        unit: one.unit,
        signs: one.signs,
        valid_days: one['valid-days'],
      })),
    )} r order by place`,
})
