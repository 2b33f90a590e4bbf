// Plays scenarios on copies of a laid world with a configuration over it, and finds for each red one what it is down to.
import { type Kernel, openKernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import type { LiveObject } from '../rollout/configuration/object.ts'
import type { Tools } from '../rollout/tools.ts'
import { type Difference, healed } from '../rollout/uat/differences.ts'
import {
  type Databases,
  type Listed,
  type Outcome,
  type Playground,
  runScenario,
  type World,
} from '../scenario/index.ts'
import { causesOf } from './causes.ts'
import { type Compiled, namesOf, transplant } from './transplant.ts'

export type Judgement = {
  readonly scenario: string
  readonly title: string
  readonly ok: boolean
  readonly milliseconds: number
  readonly failure?: string
  /** The differences of configuration that make it red; empty when none does. */
  readonly causes: readonly Difference[]
}

/** What every play on a copy is given. */
export type Playing = {
  readonly kernel: Kernel
  readonly modules: readonly ModuleSpec[]
  readonly clock: () => Date
  /** Where to play; it is closed afterwards. */
  readonly playground: () => Promise<Playground>
  /** How many scenarios are played at once; `LANES` unless given. */
  readonly lanes?: number
  /** Told after each scenario how many there are in all. */
  readonly news?: (total: number) => void
  /** The world, where it stands in the playground already. */
  readonly world?: World
}

export const LANES = 2

export type Judging = {
  readonly databases: Databases
  readonly modules: readonly ModuleSpec[]
  readonly tools: Tools
  readonly compiled: Compiled
  /** The configuration that stands in the world. */
  readonly live: readonly LiveObject[]
  /** What may be to blame, each group before the next: with all of a group taken back a scenario may be green. */
  readonly suspects: readonly (readonly Difference[])[]
  readonly lanes: number
  readonly keep?: boolean
  /** Told what came of each scenario, as soon as it is known. */
  readonly tell: (outcome: Outcome, causes: readonly Difference[]) => Promise<void>
}

/** Plays them all. The milliseconds are from the first scenario to the last, without looking for causes. */
export async function judgeAll(
  given: Judging,
  wanted: readonly Listed[],
): Promise<{ judged: readonly Judgement[]; milliseconds: number }> {
  const started = performance.now()
  const outcomes = await inLanes(wanted, given.lanes, async (one) => {
    const outcome = await play(given, one)
    if (outcome.ok) await given.tell(outcome, [])
    return outcome
  })
  const milliseconds = Math.trunc(performance.now() - started)
  const known: (readonly Difference[])[] = []
  const found = new Map<string, readonly Difference[]>()
  for (const outcome of outcomes.filter((one) => !one.ok)) {
    const scenario = wanted.find((one) => one.id === outcome.id)
    if (!scenario) continue
    const causes = await blame(given, scenario, known)
    if (causes.length > 0 && !known.includes(causes)) known.push(causes)
    found.set(outcome.id, causes)
    await given.tell(outcome, causes)
  }
  return { judged: outcomes.map((one) => judgementOf(one, found.get(one.id) ?? [])), milliseconds }
}

/** The causes in the first group of suspects that has any. */
async function blame(
  given: Judging,
  scenario: Listed,
  known: readonly (readonly Difference[])[],
): Promise<readonly Difference[]> {
  const { tools, compiled, databases, live } = given
  const green = async (without: readonly Difference[]) => {
    const heal = async (kernel: Kernel) => {
      const added = namesOf(without.filter((one) => one.what === 'added'))
      await transplant(kernel, tools, databases.world.companies, compiled, healed(live, without), added)
    }
    return (await play(given, scenario, heal)).ok
  }
  for (const [at, suspects] of given.suspects.entries()) {
    const causes = await causesOf(suspects, at === 0 ? known : [], green)
    if (causes.length > 0) return causes
  }
  return []
}

async function play(
  { databases, modules, keep }: Judging,
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
