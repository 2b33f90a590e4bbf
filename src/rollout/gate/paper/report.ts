// The report of a gate: what a run measured, against which thresholds, on which evidence, and who went on against it.
import { sql, type Tx } from '#kernel/db'
import { policy } from '../../governance/policy.ts'
import { type Judged, recheck } from '../judge.ts'
import { type Content, chapter } from './chapter.ts'

type Row = {
  number: string
  gate: string
  state: string
  verdict: 'passed' | 'refused'
  criteria: readonly Judged[]
  hash: string
  policy: string
  on_day: string
  site_code: string
  site_name: string
  evaluated_by: string | null
  overridden_by: string | null
  override_seat: string | null
  override_reason: string | null
}

const UNITS = { count: '', percent: ' %', days: ' days' } as const
const COMPARED = { 'at-least': 'at least', 'at-most': 'at most' } as const

/** The report of the run with that id or number, and what stands under its title; undefined when there is none. */
export async function gateReport(
  tx: Tx,
  companyId: number,
  run: string,
): Promise<{ content: Content; notes: readonly string[] } | undefined> {
  const row =
    await tx.first(sql<Row>`select r.number, r.gate, r.state, r.verdict, r.criteria, r.hash, r.policy, r.on_day, s.code as site_code, s.name as site_name,
      e.name as evaluated_by, o.name as overridden_by, r.override_seat, r.override_reason
    from rollout.gate_run r join rollout.site s on s.company_id = r.company_id and s.id = r.site_id
    left join access.account e on e.id = r.evaluated_by left join access.account o on o.id = r.overridden_by
    where r.company_id = ${companyId} and (r.id::text = ${run} or r.number = ${run})`)
  if (!row) return undefined
  const gate = policy().gates.find((one) => one.gate === row.gate)
  const problems = recheck(row)
  return {
    content: {
      title: `${row.gate} ${gate?.name ?? ''}, ${row.site_name} (${row.site_code}): ${row.state === 'overridden' ? 'overridden' : row.verdict === 'passed' ? 'go' : 'no-go'}`,
      chapters: [
        chapter(
          'criteria',
          'Criteria',
          ['Criterion', 'Value', 'Threshold', 'Verdict', 'Made of', 'Records', 'SHA-256'],
          row.criteria.map((one) => [
            one.title,
            one.value ?? 'not recorded',
            `${COMPARED[one.compare]} ${one.threshold}${UNITS[one.unit]}${one.critical ? '' : ' (warns only)'}`,
            one.verdict + (one.evidence.accepted.length > 0 ? `, accepted by ${one.evidence.accepted.join(', ')}` : ''),
            Object.entries(one.evidence.numbers)
              .map(([name, value]) => `${name} ${value ?? '—'}`)
              .join(', '),
            one.evidence.records.join(', '),
            one.hash,
          ]),
        ),
      ],
    },
    notes: [
      `Run ${row.number} of ${row.on_day}, evaluated by ${row.evaluated_by ?? 'the program'}.`,
      ...(row.overridden_by || row.override_reason
        ? [
            `Overridden by ${row.overridden_by ?? 'the program'} as ${row.override_seat ?? ''}: ${row.override_reason ?? ''}`,
          ]
        : []),
      problems.length === 0
        ? 'The verdict follows from what is kept here.'
        : `The verdict does not follow from what is kept here: ${problems.join('; ')}.`,
      `SHA-256 ${row.hash}; governance file ${row.policy}`,
    ],
  }
}
