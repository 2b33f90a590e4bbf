// Starting a run: the configuration that is judged is kept with it, and so is which scenarios it makes relevant.
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { enqueue } from '#kernel/jobs'
import { T } from '#kernel/schema'
import { type LiveObject, nameOf } from '../../configuration/object.ts'
import type { Tools } from '../../tools.ts'
import type { Difference } from '../differences.ts'
import { judgedOf } from '../judged.ts'
import { keptOf, type Player, type UatScenario } from '../library.ts'
import { refuse } from '../refusals.ts'
import { SITE_KEY, siteIdOf } from '../site.ts'
import { RUN_KINDS, uatRun } from './uat-run.ts'

export const PLAY_JOB = 'rollout.uat-play'

/** `reason` is why the scenario says nothing about the site. */
export type LeftOut = { readonly id: string; readonly title: string; readonly reason: string }

/**
 * The scenarios that a configuration makes relevant. One is left out when it needs an object that the site does without
 * by leave of the template or of a deviation, or a role that it does without so; what is missing without leave is drift,
 * and the scenario shall find it.
 */
export function relevantOf(
  all: readonly UatScenario[],
  live: readonly LiveObject[],
  differences: readonly Difference[],
): { relevant: readonly UatScenario[]; leftOut: readonly LeftOut[] } {
  const there = new Set(live.map(nameOf))
  const unapproved = new Set(differences.filter((one) => one.standing === 'drift').map(nameOf))
  const leftOut: LeftOut[] = []
  const relevant = all.filter(({ id, title, roles, needs }) => {
    const wanted = [...needs, ...roles.map((role) => nameOf({ kind: 'access.role', key: role }))]
    const lacking = wanted.filter((name) => !there.has(name) && !unapproved.has(name))
    if (lacking.length > 0) leftOut.push({ id, title, reason: `the site does without ${lacking.join(', ')}` })
    return lacking.length === 0
  })
  return { relevant, leftOut }
}

/**
 * Starts a run of the scenarios named, or of all that matter. `by` 'caller' leaves the playing to whoever starts it; the
 * worker plays it otherwise. Refuses UAT_ONE_AT_A_TIME, UAT_AT_WORK, UAT_SCENARIO_UNKNOWN, UAT_NOTHING and SITE_NOT_HERE.
 */
export const start = (tools: Tools, player: Player) =>
  creation(
    uatRun.verbs.start,
    T.object({
      id: T.optional(T.id()),
      site: SITE_KEY,
      kind: T.optional(T.choice(RUN_KINDS)),
      scenarios: T.optional(T.list(T.code(), 1_000)),
      by: T.optional(T.choice(['worker', 'caller'])),
    }),
    async (call) => {
      const [input, another] = call.input
      if (!input || another) return refuse('UAT_ONE_AT_A_TIME', {})
      const { tx, companyId, today, now } = call
      const kind = input.kind ?? 'automatic'
      const siteId = await siteIdOf(tx, companyId, input.site)
      if (kind === 'automatic') await refuseAtWork(call, siteId)
      const judged = await judgedOf(tx, tools, { companyId, siteId, today })
      const { relevant, leftOut } = relevantOf(player.scenarios(judged.site.files), judged.live, judged.differences)
      const wanted = wantedOf(relevant, leftOut, input.scenarios)
      const json = JSON.stringify
      await tx.run(sql`insert into rollout.uat_run (company_id, id, number, state, site_id, release_id, kind, configuration, configuration_hash, differences,
          scenarios, left_out, wanted, total, started_by, created_at, updated_at)
        values (${companyId}, ${call.ids[0]}, ${call.numbers[0]}, 'running', ${siteId}, ${judged.site.release_id}, ${kind}, ${json(judged.live)}::jsonb, ${judged.hash},
          ${json(judged.differences)}::jsonb, ${json(relevant.map(keptOf))}::jsonb, ${json(leftOut)}::jsonb, ${json(wanted)}::jsonb, ${wanted.length}::int, ${call.actor}, ${now}, ${now})`)
      if (kind === 'automatic' && input.by !== 'caller') await enqueuePlay(call, call.ids[0] ?? '')
      const changes = {
        site: judged.site.code,
        kind,
        scenarios: wanted,
        configuration: judged.hash,
        differences: judged.differences.length,
      }
      return { changes: new Map([[call.ids[0] ?? '', changes]]) }
    },
  )

function enqueuePlay({ tx, companyId, now }: Call<unknown>, run: string): Promise<boolean> {
  return enqueue(tx, { companyId, task: PLAY_JOB, key: run, payload: { run }, runAt: now })
}

async function refuseAtWork({ tx, companyId }: Call<unknown>, siteId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('rollout.uat'), ${companyId}::int)`)
  const other = await tx.first(sql<{ number: string }>`select number from rollout.uat_run
    where company_id = ${companyId} and site_id = ${siteId} and state = 'running' and kind = 'automatic'`)
  if (other) refuse('UAT_AT_WORK', { number: other.number })
}

function wantedOf(
  relevant: readonly UatScenario[],
  leftOut: readonly LeftOut[],
  named: readonly string[] | undefined,
): readonly string[] {
  if (relevant.length === 0) refuse('UAT_NOTHING', {})
  const wanted = [...new Set(named ?? relevant.map((one) => one.id))]
  const unknown = wanted.find((id) => !relevant.some((one) => one.id === id))
  if (unknown !== undefined) {
    const why = leftOut.find((one) => one.id === unknown)?.reason ?? 'the library has none of that name'
    refuse('UAT_SCENARIO_UNKNOWN', { scenario: unknown, why })
  }
  return wanted
}
