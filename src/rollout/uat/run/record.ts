// Recording what came of scenarios that the machine played: the verdict, what it is down to, and every step's evidence.
import { createHash } from 'node:crypto'
import { command } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { canonical } from '../../configuration/object.ts'
import type { Kept } from '../library.ts'
import { refuse } from '../refusals.ts'
import { uatRun } from './uat-run.ts'

const Result = T.object({
  scenario: T.code(),
  verdict: T.choice(['passed', 'failed']),
  failure: T.optional(T.text(20_000)),
  causes: T.list(T.any(), 1_000, 0),
  evidence: T.any(),
  milliseconds: T.integer(0, 100_000_000),
})

export type RunRow = {
  readonly id: string
  readonly number: string
  readonly kind: 'automatic' | 'manual'
  readonly site_id: string
  readonly scenarios: readonly Kept[]
  readonly wanted: readonly string[]
  readonly started_by: string
  readonly done: number
  readonly total: number
}

/**
 * Keeps results of an automatic run and says what is played next. The audit leaf carries each verdict with the SHA-256
 * of its evidence, so that evidence that somebody changed later shows. Refuses UAT_BY_MACHINE to people, UAT_RUN_KIND and UAT_SCENARIO_UNKNOWN.
 */
export const record = command(
  uatRun.verbs.record,
  T.object({ results: T.list(Result, 1_000), atWork: T.optional(T.text(400)) }),
  async ({ tx, context, companyId, set, ids, input, actor, now }) => {
    if (context.principal.kind === 'person') refuse('UAT_BY_MACHINE')
    const [run] =
      await tx.rows(sql<RunRow>`select r.id, r.number, r.kind, r.site_id, r.scenarios, r.wanted, r.started_by, r.done, r.total
      from rollout.uat_run r join ${set} s on s.id = r.id where r.company_id = ${companyId}`)
    if (run?.kind !== 'automatic')
      return refuse('UAT_RUN_KIND', { number: run?.number, kind: run?.kind, how: 'by the people who walk it' })
    const rows = input.results.map((one) => {
      const scenario =
        run.scenarios.find(({ id }) => id === one.scenario && run.wanted.includes(id)) ??
        refuse('UAT_SCENARIO_UNKNOWN', { scenario: one.scenario, why: `run ${run.number} does not play it` })
      const { title, process, critical, marks, roles } = scenario
      const { verdict, failure, causes, evidence, milliseconds } = one
      const about = { title, process, critical, marks, roles }
      return { id: newId(), scenario: one.scenario, ...about, verdict, failure, causes, evidence, milliseconds }
    })
    const given = relation(
      {
        ...({ id: 'uuid', scenario: 'text', title: 'text', process: 'text', critical: 'boolean' } as const),
        ...({ marks: 'jsonb', roles: 'jsonb', verdict: 'text', failure: 'text', causes: 'jsonb' } as const),
        ...({ evidence: 'jsonb', milliseconds: 'int' } as const),
      },
      rows,
    )
    await tx.run(sql`insert into rollout.uat_result (company_id, id, run_id, site_id, scenario, title, process, critical, marks, roles, kind, verdict, failure, causes, evidence,
        milliseconds, by, at)
      select ${companyId}, g.id, ${run.id}, ${run.site_id}, g.scenario, g.title, g.process, g.critical, g.marks, g.roles, 'automatic', g.verdict, g.failure, g.causes, g.evidence,
        g.milliseconds, ${actor}, ${now} from ${given} g on conflict (company_id, run_id, scenario) do nothing`)
    await tx.run(sql`update rollout.uat_run r set at_work = ${input.atWork ?? null}, done = c.done, passed = c.passed, failed = c.failed
      from (select count(*)::int as done, count(*) filter (where verdict = 'passed')::int as passed, count(*) filter (where verdict = 'failed')::int as failed
              from rollout.uat_result where company_id = ${companyId} and run_id = ${run.id}) c
      where r.company_id = ${companyId} and r.id = ${run.id}`)
    const told = input.results.map(({ scenario, verdict, failure, evidence }) => ({
      scenario,
      verdict,
      ...(failure === undefined ? {} : { failure: failure.slice(0, 500) }),
      evidence: createHash('sha256').update(canonical(evidence), 'utf8').digest('hex'),
    }))
    return { changes: new Map(ids.map((id) => [id, { results: told }])) }
  },
)
