// Opening a gate: the site goes on to its next stage, by a run that passed or was overridden, and that is still fresh.
import { command } from '#kernel/command'
import { daysBetween } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import { gateOf } from './evaluate.ts'
import { gateRun } from './gate-run.ts'
import { newestRuns } from './newest.ts'

export const open = command(gateRun.verbs.open, T.object({}), async (call) => {
  const { tx, companyId, today, now } = call
  const changes = new Map<string, unknown>()
  for (const run of await newestRuns(call)) {
    const [site, gate] = [await siteOf(tx, companyId, run.site_id), gateOf(run.gate)]
    const days = gate['valid-days']
    if (daysBetween(run.on_day, today) > days)
      refuse('GATE_RUN_STALE', { number: run.number, day: run.on_day, gate: run.gate, days })
    const moved =
      await tx.run(sql`update rollout.site set state = ${gate.to}, version = version + 1, updated_at = ${now}
      where company_id = ${companyId} and id = ${site.id} and state = ${gate.from}`)
    if (moved !== 1) refuse('GATE_NOT_NEXT', { site: site.code, state: site.state, gate: run.gate, from: gate.from })
    await tx.run(sql`update rollout.gate_run set opened_at = ${now} where company_id = ${companyId} and id = ${run.id}`)
    changes.set(run.id, { site: site.code, from: gate.from, to: gate.to })
  }
  return { changes }
})
