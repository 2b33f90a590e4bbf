// Plays an acceptance run: the site's live configuration in the scenario world, on a copy, every scenario as its people;
// what is red is played again without differences until it is known what it is down to; all of it is kept with the run.
import { type Kernel, openKernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { rolloutTools } from '../rollout/index.ts'
import type { Tools } from '../rollout/tools.ts'
import { type Difference, healed, lineOf } from '../rollout/uat/differences.ts'
import {
  chooseScenarios,
  type Databases,
  type Figures,
  type Listed,
  type Outcome,
  openDatabases,
  type Playground,
  readScenarios,
  runScenario,
  type World,
} from '../scenario/index.ts'
import { templateReader } from '../setup/reader.ts'
import { causesOf } from './causes.ts'
import { compared, lookAt } from './look.ts'
import { type StoredRun, storedRun, verbsOf } from './stored.ts'
import { compiledFor, namesOf, transplant } from './transplant.ts'

export type PlayGiven = {
  readonly kernel: Kernel
  readonly companyId: number
  readonly runId: string
  readonly modules: readonly ModuleSpec[]
  readonly clock: () => Date
  /** Where to play; it is closed afterwards. */
  readonly playground: () => Promise<Playground>
  /** How many scenarios are played at once. */
  readonly lanes?: number
  readonly keep?: boolean
  /** Told after each scenario how many there are in all. */
  readonly news?: (total: number) => void
  /** The world, where it stands in the playground already. */
  readonly world?: World
}

export type Judgement = {
  readonly scenario: string
  readonly title: string
  readonly ok: boolean
  readonly milliseconds: number
  readonly failure?: string
  /** The differences of configuration that make it red; empty when none does. */
  readonly causes: readonly Difference[]
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

const LANES = 2

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
  const wanted = chooseScenarios(readScenarios(), run.wanted).filter((one) => !run.settled.includes(one.id))
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
    lay: async (kernel, world) => {
      await transplant(kernel, tools, world.companies, compiled, run.configuration)
    },
    ...(given.world ? { world: given.world } : {}),
  })
  try {
    const started = performance.now()
    const outcomes = await inLanes(wanted, given.lanes ?? LANES, async (one) => {
      const outcome = await play(databases, given, one)
      if (outcome.ok) await tell(given, run, say, outcome, [])
      return outcome
    })
    const milliseconds = Math.trunc(performance.now() - started)
    const known: (readonly Difference[])[] = []
    const found = new Map<string, readonly Difference[]>()
    for (const outcome of outcomes.filter((one) => !one.ok)) {
      const scenario = wanted.find((one) => one.id === outcome.id)
      if (!scenario) continue
      const causes = await causesOf(run.differences, known, async (without) => {
        const heal = async (kernel: Kernel) => {
          const added = namesOf(without.filter((one) => one.what === 'added'))
          const live = healed(run.configuration, without)
          await transplant(kernel, tools, databases.world.companies, compiled, live, added)
        }
        return (await play(databases, given, scenario, heal)).ok
      })
      if (causes.length > 0 && !known.includes(causes)) known.push(causes)
      found.set(outcome.id, causes)
      await tell(given, run, say, outcome, causes)
    }
    return { judged: outcomes.map((one) => judgementOf(one, found.get(one.id) ?? [])), milliseconds }
  } finally {
    // A folder that is thrown away takes its databases along; dropping them one by one costs as much as playing.
    if (given.keep || playground.thrownAway) await databases.leave()
    else await databases.clear()
  }
}

async function play(
  databases: Databases,
  { modules, keep }: PlayGiven,
  scenario: Listed,
  change?: (kernel: Kernel) => Promise<void>,
): Promise<Outcome> {
  const place = await databases.make()
  try {
    if (change) await onKernel(place.url, change)
    return await runScenario({ ...place, world: databases.world, modules, evidence: true }, scenario)
  } finally {
    // A copy is as large as the site: what has been played makes room for the next.
    if (!keep) await databases.drop(place)
  }
}

async function onKernel(url: string, work: (kernel: Kernel) => Promise<void>): Promise<void> {
  const kernel = openKernel(url, { max: 2 })
  try {
    await work(kernel)
  } finally {
    await kernel.close()
  }
}

const judgementOf = (one: Outcome, causes: readonly Difference[]): Judgement => ({
  scenario: one.id,
  title: one.title,
  ok: one.ok,
  milliseconds: one.milliseconds,
  ...(one.failure === undefined ? {} : { failure: one.failure }),
  causes,
})

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

/** So many at once, in the order given. */
async function inLanes<T, R>(all: readonly T[], lanes: number, work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const lane = async () => {
    for (let at = next++; at < all.length; at = next++) {
      const one = all[at]
      if (one !== undefined) results[at] = await work(one)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane))
  return results
}
