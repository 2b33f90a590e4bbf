// A run as it stands in the live database, and the verbs by which what was played gets there.
import type { Command } from '#kernel/command'
import { type Context, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { LiveObject } from '../rollout/configuration/object.ts'
import type { Parameters, TemplateFiles } from '../rollout/template/template-object.ts'
import type { Difference } from '../rollout/uat/differences.ts'
import { refuse } from './refusals.ts'

export type StoredRun = {
  readonly number: string
  readonly state: string
  readonly site: string
  readonly site_id: string
  readonly time_zone: string
  readonly configuration: readonly LiveObject[]
  readonly configuration_hash: string
  readonly differences: readonly Difference[]
  readonly left_out: readonly { id: string; title: string; reason: string }[]
  readonly wanted: readonly string[]
  /** Scenarios that have a result already: a run that was broken off goes on after them. */
  readonly settled: readonly string[]
  readonly files: TemplateFiles
  readonly parameters: Parameters
}

/** Reads a run. Refuses UAT_RUN_UNKNOWN. */
export async function storedRun(kernel: Kernel, companyId: number, id: string): Promise<StoredRun> {
  const found = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.first(sql<StoredRun>`select u.number, u.state, s.code as site, u.site_id, d.time_zone, u.configuration, u.configuration_hash, u.differences, u.left_out, u.wanted, s.parameters, r.files,
        (select coalesce(array_agg(x.scenario), '{}') from rollout.uat_result x where x.company_id = u.company_id and x.run_id = u.id) as settled
      from rollout.uat_run u join rollout.site s on s.company_id = u.company_id and s.id = u.site_id join rollout.release r on r.id = u.release_id
      join access.directory() d on d.id = u.company_id where u.company_id = ${companyId} and u.id = ${id}`),
  )
  return found ?? refuse('UAT_RUN_UNKNOWN', { id })
}

/** The verbs of a run by name, done by the program itself. */
export function verbsOf(
  commands: readonly Command[],
  kernel: Kernel,
  companyId: number,
  timeZone: string,
  clock: () => Date,
) {
  const context = (): Context => {
    const now = clock()
    return { principal: SYSTEM, companyId, channel: 'job', now, today: todayIn(timeZone, now) }
  }
  return async (verb: 'record' | 'finish', id: string, input: object): Promise<void> => {
    const found = commands.find((one) => one.verb.may === `rollout.uat-run.${verb}`)
    if (!found) throw new Error(`the product has no verb rollout.uat-run.${verb}`)
    await found.run(kernel, context(), { ids: [id], input })
  }
}
