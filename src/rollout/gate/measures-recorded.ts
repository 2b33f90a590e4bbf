// Measures of what people recorded and somebody else signed, and of what acceptance played: without fresh evidence nothing
// is known, and the criterion is red. Where a run was played, what came out of it counts, and no paper about it.
import { type Sql, sql } from '#kernel/db'
import { policy } from '../governance/policy.ts'
import { type Measure, measured, type Reach, type Unit } from './measure.ts'

/** Signed evidence of a kind that is still fresh on the day, the newest of each subject: `(id, number, site_id, subject, value, measured_on, file_hash)`. */
export function freshEvidence(
  kind: string,
  { companyId, siteId, today }: Reach,
): Sql<{ number: string; subject: string | null; value: string }> {
  const days = policy().evidence.find((one) => one.kind === kind)?.['valid-days'] ?? 0
  return sql`select distinct on (e.site_id, e.subject) e.id, e.number, e.site_id, e.subject, e.value, e.measured_on, e.file_hash from rollout.evidence e
     where e.company_id = ${companyId} and (${siteId}::uuid is null or e.site_id = ${siteId}::uuid) and e.kind = ${kind} and e.state = 'signed'
       and e.measured_on > ${today}::date - ${days}::int and e.measured_on <= ${today}::date
     order by e.site_id, e.subject, e.measured_on desc, e.signed_at desc`
}

type Told = { id: string; title: string; unit: Unit; better: 'up' | 'down'; kind: string }

/** The worst of the newest values of each subject. */
const worst = ({ kind, ...told }: Told): Measure =>
  measured(
    told,
    (reach) => sql`select trim_scale(${told.better === 'up' ? sql`min(e.value)` : sql`max(e.value)`})::text as value,
        jsonb_build_object('signed', count(*)::text) as numbers, coalesce(jsonb_agg(e.number order by e.number), '[]') as records from ${freshEvidence(kind, reach)} e`,
  )

/** How many there are of which the value is as wanted. */
const count = ({ kind, ...told }: Told, wanted: Sql): Measure =>
  measured(told, ({ companyId, siteId, today }) => {
    const days = policy().evidence.find((one) => one.kind === kind)?.['valid-days'] ?? 0
    return sql`select count(*)::text as value, jsonb_build_object('signed', count(*)::text) as numbers, coalesce(jsonb_agg(e.number order by e.number), '[]') as records
        from rollout.evidence e where e.company_id = ${companyId} and (${siteId}::uuid is null or e.site_id = ${siteId}::uuid) and e.kind = ${kind} and e.state = 'signed'
         and e.measured_on > ${today}::date - ${days}::int and e.measured_on <= ${today}::date and ${wanted}`
  })

/** Of acceptance as it stands last: columns of rollout.v_uat_latest, under `u`. */
const PLAYED = {
  'scenarios-executable': sql`round(100.0 * (u.passed + u.failed) / nullif(u.scenarios, 0), 1)`,
  'scenarios-critical': sql`u.critical_percent`,
  'scenarios-all': sql`u.passed_percent`,
  'separation-tests': sql`u.separation_percent`,
  'severe-defects': sql`(u.severity_1 + u.severity_2)::numeric`,
} as const

/**
 * What acceptance found of each site, under the release that the site follows and not older than the kind of evidence may
 * be; else nothing is known of that site. Sites that were never played are known by signed evidence, as `worst` reads it.
 */
const played = ({ id, ...told }: Omit<Told, 'kind' | 'id'> & { id: keyof typeof PLAYED }): Measure =>
  measured({ id, ...told }, (reach) => {
    const { companyId, siteId, today } = reach
    const days = policy().evidence.find((one) => one.kind === id)?.['valid-days'] ?? 0
    const side = told.better === 'up' ? sql`min(e.value)` : sql`max(e.value)`
    return sql`select trim_scale(${side})::text as value, jsonb_build_object('runs', count(*) filter (where e.run)::text, 'signed', count(*) filter (where not e.run)::text) as numbers,
        coalesce(jsonb_agg(e.number order by e.number), '[]') as records
      from (select e.number, e.value, false as run from ${freshEvidence(id, reach)} e
             where not exists (select from rollout.v_uat_latest u where u.company_id = ${companyId} and u.site_id = e.site_id)
            union all
            select u.number, case when u.release_id = s.release_id and u.live_unchanged is not false and u.finished_at::date > ${today}::date - ${days}::int then ${PLAYED[id]} end, true
              from rollout.v_uat_latest u join rollout.site s on s.company_id = u.company_id and s.id = u.site_id
             where u.company_id = ${companyId} and (${siteId}::uuid is null or u.site_id = ${siteId}::uuid)) e`
  })

const UP = { unit: 'percent', better: 'up' } as const
const percent = (id: string, title: string, kind = id): Measure =>
  worst({ id, title, unit: 'percent', better: 'up', kind })
const open = (id: string, title: string): Measure => worst({ id, title, unit: 'count', better: 'down', kind: id })

/** Domains of data with an owner's seat, of which no owner has accepted the site's data. */
const dataOwnersUnsigned: Measure = measured(
  {
    id: 'data-owners-unsigned',
    title: 'Domains of data that their owner has not accepted',
    unit: 'count',
    better: 'down',
  },
  (reach) => {
    const domains = policy().seats.flatMap((one) =>
      one.seat === 'data-owner' && one.area && one.mandatory ? [one.area] : [],
    )
    return sql`select count(*) filter (where e.number is null)::text as value, jsonb_build_object('domains', count(*)::text, 'accepted', count(e.number)::text) as numbers,
        coalesce(jsonb_agg(d.domain order by d.domain) filter (where e.number is null), '[]') as records
      from unnest(${domains}::text[]) as d (domain) left join ${freshEvidence('data-sign-off', reach)} e on e.subject = d.domain and e.value >= 1`
  },
)

export const RECORDED: readonly Measure[] = [
  count(
    {
      id: 'data-profile-taken',
      title: 'Profiles of source data, signed',
      unit: 'count',
      better: 'up',
      kind: 'data-profile',
    },
    sql`true`,
  ),
  percent('mappings-complete', 'Fields of the sources that are mapped', 'migration-mapping'),
  count(
    {
      id: 'rehearsals-clean',
      title: 'Migration rehearsals without a difference, signed',
      unit: 'count',
      better: 'up',
      kind: 'migration-rehearsal',
    },
    sql`e.value = 0`,
  ),
  played({ id: 'scenarios-executable', title: 'Scenarios that can be run at the site', ...UP }),
  percent('training-published', 'Training material published'),
  percent('training-readiness', 'Roles whose people are trained'),
  played({ id: 'scenarios-critical', title: 'Critical scenarios that passed', ...UP }),
  played({ id: 'scenarios-all', title: 'Scenarios that passed', ...UP }),
  percent('exception-coverage', 'Exceptions that a scenario covers'),
  percent('warehouse-scenarios', 'Warehouse scenarios that passed'),
  played({ id: 'separation-tests', title: 'Separation of duties tests that passed', ...UP }),
  percent('throughput-test', 'Planned peak that the site took'),
  percent('support-roster', 'Hours of the first weeks with somebody on duty'),
  percent('kpi-baseline', 'Key figures at or above their baseline'),
  percent('data-quality', 'Quality score of the master data'),
  worst({
    id: 'cutover-variance',
    title: 'Rehearsed cutover against its plan, in time',
    unit: 'percent',
    better: 'down',
    kind: 'cutover-rehearsal',
  }),
  worst({ id: 'stable-days', title: 'Working days without a signal', unit: 'days', better: 'up', kind: 'stable-days' }),
  played({ id: 'severe-defects', title: 'Open defects of severity 1 and 2', unit: 'count', better: 'down' }),
  open('severe-incidents', 'Open incidents of severity 1'),
  open('support-backlog', 'Open support cases'),
  count(
    { id: 'rollback-tested', title: 'Rollbacks tested', unit: 'count', better: 'up', kind: 'rollback-test' },
    sql`e.value >= 1`,
  ),
  count(
    {
      id: 'backup-restored',
      title: 'Backups restored and compared',
      unit: 'count',
      better: 'up',
      kind: 'backup-restore',
    },
    sql`e.value >= 1`,
  ),
  count(
    { id: 'handover-accepted', title: 'Handovers accepted by the line', unit: 'count', better: 'up', kind: 'handover' },
    sql`e.value >= 1`,
  ),
  dataOwnersUnsigned,
]
