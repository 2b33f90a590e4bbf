// Reads the runs that somebody decides on, and refuses those that another run of the same gate has overtaken.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Judged } from '../judge.ts'
import { recheck } from '../judge.ts'
import { refuse } from '../refusals.ts'

export type Run = {
  readonly id: string
  readonly number: string
  readonly site_id: string
  readonly gate: string
  readonly criteria: readonly Judged[]
  readonly verdict: string
  readonly hash: string
  readonly policy: string
  readonly on_day: string
}

/** The runs of the call. Refuses GATE_RUN_OLD for one that is not the newest of its gate, GATE_RUN_BROKEN for one that was tampered with. */
export async function newestRuns({ tx, companyId, set }: Call<unknown>): Promise<readonly Run[]> {
  const rows = await tx.rows(sql<Run & { newest: string }>`
    select r.id, r.number, r.site_id, r.gate, r.criteria, r.verdict, r.hash, r.policy, r.on_day,
           (select n.number from rollout.gate_run n where n.company_id = r.company_id and n.site_id = r.site_id and n.gate = r.gate order by n.created_at desc, n.id desc limit 1) as newest
      from rollout.gate_run r join ${set} s on s.id = r.id where r.company_id = ${companyId}`)
  for (const one of rows) {
    if (one.newest !== one.number) refuse('GATE_RUN_OLD', { number: one.number, gate: one.gate, newest: one.newest })
    const problems = recheck(one)
    if (problems.length > 0) refuse('GATE_RUN_BROKEN', { number: one.number, problem: problems.join('; ') })
  }
  return rows
}
