// Measures of discovery and design: what was asked and mapped, what of the requirements is classified, and how much of it is standard.
import { type Sql, sql } from '#kernel/db'
import { policy } from '../governance/policy.ts'
import { type Measure, measured, type Reach } from './measure.ts'
import { freshEvidence } from './measures-recorded.ts'

const here = ({ companyId, siteId }: Reach): Sql =>
  sql`x.company_id = ${companyId} and (${siteId}::uuid is null or x.site_id = ${siteId}::uuid)`
const share = (part: Sql, whole: Sql): Sql => sql`trim_scale(round(100.0 * (${part}) / nullif((${whole}), 0), 2))::text`

const questionsAnswered = measured(
  {
    id: 'questions-answered',
    title: 'Questions of the questionnaire that are answered',
    unit: 'percent',
    better: 'up',
  },
  (
    reach,
  ) => sql`select ${share(sql`count(a.question)`, sql`count(*)`)} as value, jsonb_build_object('questions', count(*)::text, 'answered', count(a.question)::text) as numbers,
      coalesce(jsonb_agg(q.question order by q.question) filter (where a.question is null), '[]') as records
    from unnest(${policy().questions.map((one) => one.question)}::text[]) as q (question)
    left join (select distinct x.question from rollout.answer x where ${here(reach)} and x.state = 'answered') a on a.question = q.question`,
)

const processesApproved = measured(
  { id: 'processes-approved', title: 'Process maps that their owner approved', unit: 'percent', better: 'up' },
  (reach) => sql`select ${share(sql`count(*) filter (where x.state = 'approved')`, sql`count(*)`)} as value,
      jsonb_build_object('mapped', count(*)::text, 'approved', (count(*) filter (where x.state = 'approved'))::text) as numbers,
      coalesce(jsonb_agg(x.number order by x.number) filter (where x.state <> 'approved'), '[]') as records
    from rollout.process x where ${here(reach)} and x.state <> 'dropped'`,
)

const findingsUndecided = measured(
  {
    id: 'findings-undecided',
    title: 'Findings of which nobody has said what becomes of them',
    unit: 'count',
    better: 'down',
  },
  (
    reach,
  ) => sql`select (count(*) filter (where x.state = 'open'))::text as value, jsonb_build_object('findings', count(*)::text) as numbers,
      coalesce(jsonb_agg(x.number order by x.number) filter (where x.state = 'open'), '[]') as records
    from rollout.finding x where ${here(reach)} and x.state <> 'dropped'`,
)

const functionsMissing = measured(
  { id: 'functions-missing', title: 'Required functions of which nobody took part', unit: 'count', better: 'down' },
  (
    reach,
  ) => sql`select (count(*) filter (where p.function is null))::text as value, jsonb_build_object('functions', count(*)::text) as numbers,
      coalesce(jsonb_agg(q.function order by q.function) filter (where p.function is null), '[]') as records
    from unnest(${policy().functions.map((one) => one.function)}::text[]) as q (function)
    left join (select distinct x.function from rollout.participant x where ${here(reach)} and x.state = 'took-part') p on p.function = q.function`,
)

const signedPaper = (id: string, title: string, kind: string): Measure =>
  measured(
    { id, title, unit: 'count', better: 'up' },
    (
      reach,
    ) => sql`select count(*)::text as value, '{}'::jsonb as numbers, coalesce(jsonb_agg(x.number order by x.number), '[]') as records
      from rollout.paper x where ${here(reach)} and x.kind = ${kind} and x.state = 'signed'`,
  )

const requirementsClassified = measured(
  {
    id: 'requirements-classified',
    title: 'Requirements that are classified with evidence',
    unit: 'percent',
    better: 'up',
  },
  (
    reach,
  ) => sql`select ${share(sql`count(*) filter (where x.state = 'classified' and x.evidence <> '')`, sql`count(*)`)} as value,
      jsonb_build_object('requirements', count(*)::text, 'classified', (count(*) filter (where x.state = 'classified'))::text) as numbers,
      coalesce(jsonb_agg(x.number order by x.number) filter (where x.state <> 'classified' or x.evidence = ''), '[]') as records
    from rollout.requirement x where ${here(reach)} and x.state <> 'dropped'`,
)

const fitGapSigned = measured(
  { id: 'fit-gap-signed', title: 'Fit-gap registers that are signed and locked', unit: 'count', better: 'up' },
  (
    reach,
  ) => sql`select count(*)::text as value, '{}'::jsonb as numbers, coalesce(jsonb_agg(x.number order by x.number), '[]') as records
    from rollout.register x where ${here(reach)} and x.state = 'signed'`,
)

const customiseUnproven = measured(
  {
    id: 'customise-unproven',
    title: 'Customisations without proof that the other roads were tried',
    unit: 'count',
    better: 'down',
  },
  (
    reach,
  ) => sql`with bare as (select x.number, x.tried is null or coalesce(x.tried ->> 'standard', '') = '' or coalesce(x.tried ->> 'configuration', '') = '' or coalesce(x.tried ->> 'process', '') = '' as unproven
      from rollout.requirement x where ${here(reach)} and x.state <> 'dropped' and x.answer = 'customise')
    select (count(*) filter (where unproven))::text as value, jsonb_build_object('customised', count(*)::text) as numbers,
           coalesce(jsonb_agg(number order by number) filter (where unproven), '[]') as records from bare`,
)

/** Of what is decided and not put off, what is met by the product as the template has it: adopted, configured without a deviation, or by another way of working. */
const standardisationRate = measured(
  { id: 'standardisation-rate', title: 'Requirements that the standard meets', unit: 'percent', better: 'up' },
  (
    reach,
  ) => sql`with decided as (select x.number, x.answer in ('adopt', 'process-change') or (x.answer = 'configure' and x.deviation_id is null) as standard
      from rollout.requirement x where ${here(reach)} and x.state = 'classified' and x.answer <> 'defer')
    select ${share(sql`count(*) filter (where standard)`, sql`count(*)`)} as value, jsonb_build_object('decided', count(*)::text, 'standard', (count(*) filter (where standard))::text) as numbers,
           coalesce(jsonb_agg(number order by number) filter (where not standard), '[]') as records from decided`,
)

const unbaselined = measured(
  { id: 'unbaselined-requirements', title: 'Requirements outside the signed scope', unit: 'count', better: 'down' },
  (
    reach,
  ) => sql`select count(*)::text as value, '{}'::jsonb as numbers, coalesce(jsonb_agg(x.number order by x.number), '[]') as records
    from rollout.requirement x where ${here(reach)} and x.state <> 'dropped' and not x.in_baseline
     and exists (select from rollout.register g where g.company_id = x.company_id and g.site_id = x.site_id and g.state = 'signed')`,
)

const customDecisions = measured(
  { id: 'custom-decisions', title: 'Requirements met by extending or customising', unit: 'count', better: 'down' },
  (
    reach,
  ) => sql`select count(*)::text as value, jsonb_build_object('customise', (count(*) filter (where x.answer = 'customise'))::text, 'extend', (count(*) filter (where x.answer = 'extend'))::text) as numbers,
      coalesce(jsonb_agg(x.number order by x.number), '[]') as records
    from rollout.requirement x where ${here(reach)} and x.state = 'classified' and x.answer in ('customise', 'extend')`,
)

const extensionsUnreviewed = measured(
  {
    id: 'extensions-unreviewed',
    title: 'Extensions, links and customisations that nobody has reviewed as green',
    unit: 'count',
    better: 'down',
  },
  (
    reach,
  ) => sql`select (count(*) filter (where e.number is null))::text as value, jsonb_build_object('built', count(*)::text) as numbers,
      coalesce(jsonb_agg(x.number order by x.number) filter (where e.number is null), '[]') as records
    from rollout.requirement x left join ${freshEvidence('extension-review', reach)} e on e.subject = x.number and e.value >= 1
   where ${here(reach)} and x.state = 'classified' and x.answer in ('extend', 'integrate', 'customise')`,
)

export const OF_DESIGN: readonly Measure[] = [
  questionsAnswered,
  processesApproved,
  findingsUndecided,
  functionsMissing,
  signedPaper('issue-log-signed', 'Issue logs that are signed', 'issue-log'),
  signedPaper('scope-baseline-signed', 'Scope baselines that are signed', 'scope-baseline'),
  signedPaper('charter-signed', 'Charters that are signed', 'charter'),
  requirementsClassified,
  fitGapSigned,
  customiseUnproven,
  standardisationRate,
  unbaselined,
  customDecisions,
  extensionsUnreviewed,
]
