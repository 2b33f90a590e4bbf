// Going on against a red gate: only the seat that may, with its reason, which stays on the run for good.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { decides } from '../../governance/seat/sits.ts'
import { gateOf } from './evaluate.ts'
import { gateRun } from './gate-run.ts'
import { newestRuns } from './newest.ts'

export const override = command(gateRun.verbs.override, T.object({}), async (call) => {
  for (const run of await newestRuns(call)) {
    const by = await decides(call.tx, call.context, gateOf(run.gate).override)
    await call.tx.run(sql`update rollout.gate_run set overridden_by = ${call.actor}, override_seat = ${by.seat}, override_reason = ${call.reason}, overridden_at = ${call.now}
      where company_id = ${call.companyId} and id = ${run.id}`)
  }
})
