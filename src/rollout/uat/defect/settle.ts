// What becomes of a defect: graded, said to be mended, which has it tested again, found not to be, or closed by hand.
import { command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { enqueue } from '#kernel/jobs'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { uatDefect } from './uat-defect.ts'

export const RETEST_JOB = 'rollout.uat-retest'

const Severity = T.integer(1, 4)

type Result = {
  id: string
  site_id: string
  scenario: string
  process: string
  kind: string
  title: string
  run: string
}

/** A person raises what no step says, about a result: severity 1 stops a go-live, 4 is a blemish. Refuses UAT_RESULT_UNKNOWN. */
export const raise = creation(
  uatDefect.verbs.raise,
  T.object({
    id: T.optional(T.id()),
    result: T.idOf('rollout.uat-result'),
    severity: Severity,
    title: T.text(),
    note: T.text(4_000),
  }),
  async ({ tx, companyId, ids, numbers, input, actor, now }) => {
    for (const [at, one] of input.entries()) {
      const found =
        (await tx.first(sql<Result>`select r.id, r.site_id, r.scenario, r.process, r.kind, r.title, u.number as run from rollout.uat_result r
          join rollout.uat_run u on u.company_id = r.company_id and u.id = r.run_id where r.company_id = ${companyId} and r.id = ${one.result}`)) ??
        refuse('UAT_RESULT_UNKNOWN', { result: one.result })
      const context = { run: found.run, failure: one.note, step: null, causes: [] }
      await tx.run(sql`insert into rollout.uat_defect (company_id, id, number, state, site_id, result_id, scenario, process, kind, severity, title, context, raised_by, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'open', ${found.site_id}, ${found.id}, ${found.scenario}, ${found.process}, 'manual', ${one.severity}, ${one.title},
          ${JSON.stringify(context)}::jsonb, ${actor}, ${now}, ${now})`)
    }
  },
)

/** Says how severe defects are. */
export const grade = command(
  uatDefect.verbs.grade,
  T.object({ severity: Severity }),
  async ({ tx, companyId, set, rows, input }) => {
    await tx.run(
      sql`update rollout.uat_defect d set severity = ${input.severity} from ${set} s where d.company_id = ${companyId} and d.id = s.id`,
    )
    return { states: new Map(rows.map((row) => [row.id, row.state])) }
  },
)

/** Says that the cause is gone: the scenarios are played again by themselves, and close the defects when they are green. */
export const mend = command(uatDefect.verbs.mend, T.object({}), async ({ tx, companyId, set, now }) => {
  const rows = await tx.rows(sql<{
    site: string
    scenario: string
    kind: string
  }>`select distinct d.site_id as site, d.scenario, d.kind from rollout.uat_defect d
    join ${set} s on s.id = d.id where d.company_id = ${companyId} order by 1, 2`)
  for (const site of new Set(rows.map((one) => one.site))) {
    const scenarios = rows.filter((one) => one.site === site).map((one) => one.scenario)
    await enqueue(tx, { companyId, task: RETEST_JOB, key: newId(), payload: { site, scenarios }, runAt: now })
  }
})

export const reopen = command(uatDefect.verbs.reopen, T.object({}), async () => undefined)

/** Closes by hand what is no defect after all, with the reason. */
export const close = command(uatDefect.verbs.close, T.object({}), async ({ tx, companyId, set, now }) => {
  await tx.run(
    sql`update rollout.uat_defect d set closed_at = ${now}, state = 'closed' from ${set} s where d.company_id = ${companyId} and d.id = s.id`,
  )
})
