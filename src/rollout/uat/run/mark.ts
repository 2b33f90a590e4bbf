// Marking a step that somebody walked by hand: passed or failed, with a note; the scenario's result follows from its steps.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import type { Player } from '../library.ts'
import { refuse } from '../refusals.ts'
import { scenariosOfRun } from '../scenario-files.ts'
import type { RunRow } from './record.ts'
import { uatRun } from './uat-run.ts'

/** One step as a person marked it; beside it stands what the machine would keep of a step. */
export type MarkedStep = {
  readonly step: number
  readonly title: string
  readonly before: boolean
  readonly at: string
  readonly by: string
  readonly verdict: 'passed' | 'failed'
  readonly note: string
  readonly failure: string | null
}

type Found = { id: string; evidence: readonly MarkedStep[] }

/**
 * Marks one step of a run by hand; marked again, the last word counts. A scenario has failed as soon as a step has, and
 * has passed when all steps of its story have. Refuses UAT_RUN_KIND, UAT_SCENARIO_UNKNOWN, UAT_STEP_UNKNOWN, UAT_NOTE_NEEDED.
 */
export const mark = (player: Player) =>
  command(
    uatRun.verbs.mark,
    T.object({
      scenario: T.code(),
      step: T.integer(1, 10_000),
      verdict: T.choice(['passed', 'failed']),
      note: T.optional(T.text(4_000)),
    }),
    async ({ tx, companyId, set, input, actor, now, context }) => {
      const [run] =
        await tx.rows(sql<RunRow>`select r.id, r.number, r.kind, r.site_id, r.scenarios, r.wanted, r.started_by, r.done, r.total
        from rollout.uat_run r join ${set} s on s.id = r.id where r.company_id = ${companyId}`)
      if (run?.kind !== 'manual')
        return refuse('UAT_RUN_KIND', { number: run?.number, kind: run?.kind, how: 'by the machine that plays it' })
      const why = `run ${run.number} does not walk it`
      const scenario =
        player
          .scenarios(await scenariosOfRun(tx, companyId, run.id))
          .find(({ id }) => id === input.scenario && run.wanted.includes(id)) ??
        refuse('UAT_SCENARIO_UNKNOWN', { scenario: input.scenario, why })
      const step = scenario.steps.find((one) => one.step === input.step)
      const { title, process, critical, marks, roles } = scenario
      if (!step) return refuse('UAT_STEP_UNKNOWN', { ...input, steps: scenario.steps.length })
      const note = input.note?.trim() ?? ''
      if (input.verdict === 'failed' && note === '') refuse('UAT_NOTE_NEEDED', { step: input.step })
      const found = await tx.first(sql<Found>`select id, evidence from rollout.uat_result
        where company_id = ${companyId} and run_id = ${run.id} and scenario = ${scenario.id} for update`)
      const marked: MarkedStep = {
        step: step.step,
        title: `${step.who} ${step.what}`.trim(),
        before: step.before,
        at: now.toISOString(),
        by: context.principal.name,
        verdict: input.verdict,
        note,
        failure: input.verdict === 'failed' ? note : null,
      }
      const steps = [...(found?.evidence ?? []).filter((one) => one.step !== step.step), marked].sort(
        (a, b) => a.step - b.step,
      )
      const verdict = verdictOf(
        steps,
        scenario.steps.filter((one) => !one.before).map((one) => one.step),
      )
      const first = steps.find((one) => one.verdict === 'failed')
      const failure = first ? `step ${first.step} (${first.title}): ${first.note}` : null
      await tx.run(sql`insert into rollout.uat_result (company_id, id, run_id, site_id, scenario, title, process, critical, marks, roles, kind, verdict, failure, evidence, by, at)
        values (${companyId}, ${found?.id ?? newId()}, ${run.id}, ${run.site_id}, ${scenario.id}, ${title}, ${process}, ${critical}, ${JSON.stringify(marks)}::jsonb,
          ${JSON.stringify(roles)}::jsonb, 'manual', ${verdict}, ${failure}, ${JSON.stringify(steps)}::jsonb, ${actor}, ${now})
        on conflict (company_id, run_id, scenario) do update set verdict = excluded.verdict, failure = excluded.failure, evidence = excluded.evidence, by = excluded.by, at = excluded.at`)
      await tx.run(sql`update rollout.uat_run r set at_work = ${scenario.title}, done = c.done, passed = c.passed, failed = c.failed
        from (select count(*) filter (where verdict <> 'open')::int as done, count(*) filter (where verdict = 'passed')::int as passed,
                count(*) filter (where verdict = 'failed')::int as failed from rollout.uat_result where company_id = ${companyId} and run_id = ${run.id}) c
        where r.company_id = ${companyId} and r.id = ${run.id}`)
      return { result: { verdict } }
    },
    T.object({ verdict: T.choice(['open', 'passed', 'failed']) }),
  )

function verdictOf(steps: readonly MarkedStep[], story: readonly number[]): 'open' | 'passed' | 'failed' {
  if (steps.some((one) => one.verdict === 'failed')) return 'failed'
  const passed = new Set(steps.map((one) => one.step))
  return story.every((step) => passed.has(step)) ? 'passed' : 'open'
}
