// Finishing a run: its failed scenarios raise defects, and green ones close those that a mended scenario had left open.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit, type Done } from '#kernel/record'
import { T } from '#kernel/schema'
import { uatDefect } from '../defect/uat-defect.ts'
import { refuse } from '../refusals.ts'
import type { RunRow } from './record.ts'
import { uatRun } from './uat-run.ts'

type Result = {
  id: string
  scenario: string
  title: string
  process: string
  critical: boolean
  marks: readonly string[]
  kind: 'automatic' | 'manual'
  verdict: 'open' | 'passed' | 'failed'
  failure: string | null
  causes: readonly unknown[]
  evidence: readonly { failure: string | null }[]
}
type Defect = { id: string; scenario: string; kind: string; state: 'open' | 'mended' }

/**
 * Finishes a run whose scenarios all have a result. Of a run that was played: where, in how many milliseconds, and the
 * figures of the live database before and after. Refuses UAT_NOT_DONE.
 */
export const finish = command(
  uatRun.verbs.finish,
  T.object({
    playedOn: T.optional(T.text()),
    liveUnchanged: T.optional(T.boolean()),
    figures: T.optional(T.any()),
    milliseconds: T.optional(T.integer(0, 2_000_000_000)),
  }),
  async (call) => {
    const { tx, companyId, set, input, now } = call
    const [run] =
      await tx.rows(sql<RunRow>`select r.id, r.number, r.kind, r.site_id, r.scenarios, r.wanted, r.started_by, r.done, r.total
      from rollout.uat_run r join ${set} s on s.id = r.id where r.company_id = ${companyId}`)
    if (!run) throw new Error('a run that was locked is gone')
    const results =
      await tx.rows(sql<Result>`select id, scenario, title, process, critical, marks, kind, verdict, failure, causes, evidence
      from rollout.uat_result where company_id = ${companyId} and run_id = ${run.id} order by scenario`)
    const settled = new Set(results.filter((one) => one.verdict !== 'open').map((one) => one.scenario))
    const open = run.wanted.filter((id) => !settled.has(id))
    if (open[0] !== undefined)
      refuse('UAT_NOT_DONE', { number: run.number, open: open.length, total: run.total, scenario: open[0] })
    const defects = await tx.rows(sql<Defect>`select id, scenario, kind, state from rollout.uat_defect
      where company_id = ${companyId} and site_id = ${run.site_id} and state <> 'closed' order by id for update`)
    await closeGreen(call, run, results, defects)
    await raiseRed(call, run, results, defects)
    await tx.run(sql`update rollout.uat_run set state = 'finished', finished_at = ${now}, at_work = null, played_on = ${input.playedOn ?? null}, live_unchanged = ${input.liveUnchanged ?? null},
        figures = ${input.figures === undefined ? null : JSON.stringify(input.figures)}::jsonb, milliseconds = ${input.milliseconds ?? null}
      where company_id = ${companyId} and id = ${run.id}`)
    const failed = results.filter((one) => one.verdict === 'failed').map((one) => one.scenario)
    const { figures, ...told } = input
    return { changes: new Map([[run.id, { ...told, figures, passed: results.length - failed.length, failed }]]) }
  },
)

/** What is green closes defects of its scenario that were mended, and those that the same kind of run had found. */
async function closeGreen(
  { tx, context, companyId, now }: Call<unknown>,
  run: RunRow,
  results: readonly Result[],
  defects: readonly Defect[],
): Promise<void> {
  const green = new Set(results.filter((one) => one.verdict === 'passed').map((one) => one.scenario))
  const closed = defects.filter((one) => green.has(one.scenario) && (one.state === 'mended' || one.kind === run.kind))
  if (closed.length === 0) return
  await tx.run(sql`update rollout.uat_defect set closed_run_id = ${run.id}, closed_at = ${now}, state = 'closed'
    where company_id = ${companyId} and id = any(${closed.map((one) => one.id)}::uuid[])`)
  const done = closed.map(
    (one): Done => ({ id: one.id, from: one.state, to: 'closed', changes: { green: run.number }, input: null }),
  )
  await audit(tx, { ...context, reason: `Green again in ${run.number}` }, uatDefect.verbs.close, done)
}

/** What is red opens its defect again, or raises one: a critical scenario in the first degree, any other in the third. */
async function raiseRed(
  call: Call<unknown>,
  run: RunRow,
  results: readonly Result[],
  defects: readonly Defect[],
): Promise<void> {
  const { tx, context, kernel, companyId, now, actor } = call
  const red = results.filter((one) => one.verdict === 'failed')
  const known = new Map(defects.map((one) => [one.scenario, one]))
  const again = red.flatMap((one) => known.get(one.scenario) ?? []).filter((one) => one.state === 'mended')
  if (again.length > 0) {
    const done = again.map(
      (one): Done => ({ id: one.id, from: 'mended', to: 'open', changes: { red: run.number }, input: null }),
    )
    await audit(tx, { ...context, reason: `Red again in ${run.number}` }, uatDefect.verbs.reopen, done)
  }
  const fresh = red.filter((one) => !known.has(one.scenario))
  if (fresh.length === 0) return
  const numbers = await kernel.numbers.take(context, uatDefect.number ?? '', fresh.length)
  const done: Done[] = []
  for (const [at, one] of fresh.entries()) {
    const id = newId()
    const severity = one.critical ? 1 : 3
    const defect = {
      run: run.number,
      failure: one.failure,
      step: one.evidence.find((step) => step.failure !== null) ?? null,
      causes: one.causes,
    }
    await tx.run(sql`insert into rollout.uat_defect (company_id, id, number, state, site_id, result_id, scenario, process, kind, severity, title, context, raised_by, created_at, updated_at)
      values (${companyId}, ${id}, ${numbers[at]}, 'open', ${run.site_id}, ${one.id}, ${one.scenario}, ${one.process}, ${one.kind}, ${severity}, ${one.title}, ${JSON.stringify(defect)}::jsonb,
        ${actor}, ${now}, ${now})`)
    done.push({
      id,
      from: null,
      to: 'open',
      changes: { scenario: one.scenario, severity, run: run.number },
      input: null,
    })
  }
  await audit(tx, context, uatDefect.verbs.raise, done)
}
