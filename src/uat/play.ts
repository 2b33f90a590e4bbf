// Plays an acceptance run: the site's live configuration in the scenario world, on a copy, every scenario as its people;
// what is red is played again without differences until it is known what it is down to; all of it is kept with the run.
import { Refusal } from '#kernel/refusal'
import { rolloutTools } from '../rollout/index.ts'
import type { Tools } from '../rollout/tools.ts'
import { type Difference, lineOf } from '../rollout/uat/differences.ts'
import {
  chooseScenarios,
  type Figures,
  type Listed,
  type Outcome,
  openDatabases,
  type Playground,
  scenariosOf,
} from '../scenario/index.ts'
import { templateReader } from '../setup/reader.ts'
import { type Judgement, judgeAll, LANES, type Playing } from './judge.ts'
import { compared, lookAt } from './look.ts'
import { type StoredRun, storedRun, verbsOf } from './stored.ts'
import { compiledFor, transplant } from './transplant.ts'

export type PlayGiven = Playing & {
  readonly companyId: number
  readonly runId: string
  readonly keep?: boolean
}

/** `live`: the figures of the live database. `unchanged` is null when others worked on it meanwhile. */
export type Played = {
  readonly number: string
  readonly site: string
  readonly configuration: string
  readonly judged: readonly Judgement[]
  readonly leftOut: StoredRun['left_out']
  readonly differences: readonly Difference[]
  readonly played: string
  readonly live: Figures
  readonly unchanged: boolean | null
  /** From the first scenario to the last, copies included; without laying the world and looking for causes. */
  readonly playedMilliseconds: number
  readonly milliseconds: number
  readonly kept: string | undefined
}

/** Plays what the run still wants and finishes it. Undefined when it was cancelled. Refuses UAT_RUN_UNKNOWN. */
export async function playRun(given: PlayGiven): Promise<Played | undefined> {
  const { kernel, companyId, runId, modules, clock } = given
  const started = performance.now()
  const run = await storedRun(kernel, companyId, runId)
  if (run.state !== 'running') return undefined
  const tools = rolloutTools(
    modules.filter((one) => one.name !== 'rollout'),
    templateReader,
  )
  const before = await lookAt(kernel, tools, companyId, run)
  const commands = modules.flatMap((one) => one.commands)
  const say = verbsOf(commands, kernel, companyId, run.time_zone, clock)
  const wanted = chooseScenarios(scenariosOf(run.files), run.wanted).filter((one) => !run.settled.includes(one.id))
  const playground = await given.playground()
  let kept: string | undefined
  let lost = false
  try {
    const { judged, milliseconds } = await onCopies(given, { run, tools, playground, wanted }, say)
    const after = await lookAt(kernel, tools, companyId, run)
    const unchanged = compared(before, after)
    const total = Math.trunc(performance.now() - started)
    await say('finish', runId, {
      playedOn: playground.told,
      ...(unchanged === null ? {} : { liveUnchanged: unchanged }),
      figures: { before: before.figures, after: after.figures, hash: after.hash },
      milliseconds: total,
    })
    kept = given.keep ? await playground.close(true) : undefined
    const { number, site, configuration_hash: configuration, differences, left_out: leftOut } = run
    const told = { number, site, configuration, judged, leftOut, differences, played: playground.told }
    return { ...told, live: before.figures, unchanged, playedMilliseconds: milliseconds, milliseconds: total, kept }
  } catch (error) {
    // Somebody cancelled the run while it was played: there is nobody left to tell.
    if (!(error instanceof Refusal) || error.code !== 'WRONG_STATE') throw error
    lost = true
    return undefined
  } finally {
    if (lost || !given.keep) await playground.close(false)
  }
}

type Work = { run: StoredRun; tools: Tools; playground: Playground; wanted: readonly Listed[] }
type Say = ReturnType<typeof verbsOf>

async function onCopies(
  given: PlayGiven,
  { run, tools, playground, wanted }: Work,
  say: Say,
): Promise<{ judged: readonly Judgement[]; milliseconds: number }> {
  const { modules } = given
  const judged = { files: run.files, parameters: run.parameters, live: run.configuration }
  const compiled = compiledFor(tools, judged)
  const databases = await openDatabases(playground.ground, playground.from, modules, {
    files: run.files,
    lay: async (kernel, world) => {
      await transplant(kernel, tools, world.companies, compiled, run.configuration)
    },
    ...(given.world ? { world: given.world } : {}),
  })
  try {
    const about = { databases, modules, tools, compiled, live: run.configuration, suspects: [run.differences] }
    const how = { lanes: given.lanes ?? LANES, ...(given.keep ? { keep: true } : {}) }
    return await judgeAll({ ...about, ...how, tell: (one, causes) => tell(given, run, say, one, causes) }, wanted)
  } finally {
    // A folder that is thrown away takes its databases along; dropping them one by one costs as much as playing.
    if (given.keep || playground.thrownAway) await databases.leave()
    else await databases.clear()
  }
}

const FAILURE_MOST = 10_000

async function tell(
  given: PlayGiven,
  run: StoredRun,
  say: Say,
  one: Outcome,
  causes: readonly Difference[],
): Promise<void> {
  const result = {
    scenario: one.id,
    verdict: one.ok ? 'passed' : 'failed',
    ...(one.failure === undefined ? {} : { failure: one.failure.slice(0, FAILURE_MOST) }),
    causes: causes.map((cause) => ({ ...cause, line: lineOf(cause) })),
    evidence: one.evidence ?? [],
    milliseconds: one.milliseconds,
  }
  await say('record', given.runId, { results: [result], atWork: one.title })
  given.news?.(run.wanted.length)
}
