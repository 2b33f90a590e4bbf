// Acceptance as a part of the rollout: runs, defects, signatures, what is asked about them, and the work behind a run.
import { sql } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { invariant } from '#kernel/verify'
import type { Tools } from '../tools.ts'
import { close, grade, mend, RETEST_JOB, raise, reopen } from './defect/settle.ts'
import { uatDefect } from './defect/uat-defect.ts'
import type { Player } from './library.ts'
import { questions } from './questions.ts'
import { cancel } from './run/cancel.ts'
import { finish } from './run/finish.ts'
import { mark } from './run/mark.ts'
import { record } from './run/record.ts'
import { signFinance, signProcess, signWarehouse } from './run/sign.ts'
import { PLAY_JOB, start } from './run/start.ts'
import { uatRun } from './run/uat-run.ts'

export type { Player, UatScenario, UatStep } from './library.ts'

/** What acceptance brings to the module `rollout`, over its tools and whoever plays scenarios. */
export function uatPart(tools: Tools, player: Player) {
  const starting = start(tools, player)
  const play: ModuleJob = {
    run: async ({ tx, kernel, context, payload }) => {
      // The job's own transaction waits for the whole run, which may take longer than one may idle.
      await tx.rows(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`)
      await player.play(kernel, { companyId: context.companyId, runId: String(payload.run) })
    },
  }
  const retest: ModuleJob = {
    run: async ({ kernel, context, payload, jobId }) => {
      const scenarios = Array.isArray(payload.scenarios) ? payload.scenarios.map(String) : []
      const asked = { ...context, key: `retest:${jobId}` }
      await starting.run(kernel, asked, { input: [{ site: String(payload.site), scenarios }] })
    },
  }
  return {
    documents: [uatRun, uatDefect],
    commands: [
      ...[starting, record, mark(player), finish, cancel, signFinance, signWarehouse, signProcess],
      ...[raise, grade, mend, reopen, close],
    ],
    queries: questions(player),
    jobs: { [PLAY_JOB]: play, [RETEST_JOB]: retest },
    invariants: [
      invariant(
        'R10',
        'rollout',
        'no acceptance run was signed off by who started it or walked in it',
        sql`select o.company_id, o.id, u.number, o.seat from rollout.uat_sign_off o join rollout.uat_run u on u.company_id = o.company_id and u.id = o.run_id
          join access.account a on a.id = o.signed_by and a.kind <> 'system'
         where o.signed_by = u.started_by or exists (select from rollout.uat_result r where r.company_id = o.company_id and r.run_id = o.run_id and r.by = o.signed_by)`,
      ),
      invariant(
        'R11',
        'rollout',
        'a finished acceptance run counts the results that it has',
        sql`select u.company_id, u.id, u.number from rollout.uat_run u
          join lateral (select count(*) filter (where r.verdict = 'passed') as passed, count(*) filter (where r.verdict = 'failed') as failed
                  from rollout.uat_result r where r.company_id = u.company_id and r.run_id = u.id) c on true
         where u.state = 'finished' and (u.passed, u.failed) is distinct from (c.passed::int, c.failed::int)`,
      ),
    ],
  }
}
