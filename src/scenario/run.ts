// Running one scenario on its own database: before, steps, and at the end the invariants and the audit trail of every step.
import pg from 'pg'
import { sql, transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { leafOf } from '#kernel/record'
import { verify } from '#kernel/verify'
import { type Notebook, notebook, type StepEvidence } from './evidence.ts'
import { fail, ScenarioFailure } from './failure.ts'
import type { Scenario, Step } from './shape.ts'
import { openSite } from './site.ts'
import { compareLedger, compareThen, markLedger, type Stage, stageOf } from './stage.ts'
import { takeStep } from './steps.ts'
import { titleOf } from './title.ts'
import { START, type World } from './world.ts'

/** How one scenario went. `steps` counts what was done; `failure` says which step was otherwise, and how. */
export type Outcome = {
  readonly id: string
  readonly title: string
  readonly ok: boolean
  readonly steps: number
  readonly milliseconds: number
  readonly failure?: string
  /** Step by step, where it was asked for. */
  readonly evidence?: readonly StepEvidence[]
}

export type Place = {
  /** The scenario's own database, as the application's login and as its owner. */
  readonly url: string
  readonly ownerUrl: string
  readonly world: World
  readonly modules: readonly ModuleSpec[]
  /** Whether the outcome tells each step with what was sent and found. */
  readonly evidence?: boolean
}

/** Plays the scenario. What comes out otherwise than written is in the outcome; a fault of the runner is too. */
export async function runScenario(place: Place, scenario: Scenario): Promise<Outcome> {
  const started = performance.now()
  const all = [...(scenario.before ?? []), ...scenario.steps]
  const notes = notebook()
  let taken = 0
  let failure: string | undefined
  try {
    await play(place, scenario, notes, () => taken++)
  } catch (error) {
    const step = all[taken]
    const at = step ? `step ${taken + 1} (${titleOf(step)}): ` : 'at the end: '
    const problem =
      error instanceof ScenarioFailure ? error.message : String(error instanceof Error ? error.stack : error)
    failure = at + problem
    notes.close(problem)
  }
  return {
    id: scenario.id,
    title: scenario.title,
    ok: failure === undefined,
    steps: taken,
    milliseconds: Math.trunc(performance.now() - started),
    ...(failure === undefined ? {} : { failure }),
    ...(place.evidence ? { evidence: notes.steps } : {}),
  }
}

async function play(place: Place, scenario: Scenario, notes: Notebook, took: () => void): Promise<void> {
  const { modules, world } = place
  const start = scenario.start === undefined ? START : new Date(scenario.start)
  const site = await openSite({ url: place.url, modules, start, companies: world.companies, onAsked: notes.asked })
  try {
    const stage = stageOf(site, world, notes, (statement) => plant(place, statement))
    const open = (step: Step, at: number, before: boolean) =>
      notes.open({ step: at + 1, title: titleOf(step), before, at: site.now() })
    await site.settle()
    const before = scenario.before ?? []
    for (const [at, step] of before.entries()) {
      open(step, at, true)
      await take(stage, withoutLedger(step))
      notes.close(null)
      took()
    }
    await markLedger(stage)
    const red = new Set<string>()
    for (const [at, step] of scenario.steps.entries()) {
      open(step, before.length + at, false)
      await take(stage, step)
      if (step.verify) {
        await proveBooks(site.kernel, place, step.verify.red)
        for (const id of step.verify.red) red.add(id)
      }
      notes.close(null)
      took()
    }
    notes.open({ step: before.length + scenario.steps.length + 1, title: 'at the end', before: false, at: site.now() })
    for (const { code } of world.companies) await compareLedger(stage, code, 'none')
    await proveBooks(site.kernel, place, [...red])
    await proveTrail(stage)
    notes.close(null)
  } finally {
    await site.close()
  }
}

/** What comes before is not looked at in the books: the same steps may be the story of another scenario. */
function withoutLedger(step: Step): Step {
  if (step.then?.ledger === undefined) return step
  const { ledger: _, ...then } = step.then
  return { ...step, then }
}

/** One step, what others make of it, and what must hold then. Nothing may have changed after a refusal. */
async function take(stage: Stage, step: Step): Promise<void> {
  if (step.parallel) {
    await stage.site.signIn(step.parallel.flatMap((one) => one.as ?? []))
    await Promise.all(step.parallel.map((one) => takeStep(stage, one)))
    await stage.site.settle()
    for (const one of step.parallel) if (one.then) await compareThen(stage, one.then, one.company ?? 'ALPHA')
  } else {
    await takeStep(stage, step)
    await stage.site.settle()
  }
  if (step.then) await compareThen(stage, step.then, step.company ?? 'ALPHA')
}

/** Runs SQL as the owner, in every company of the world: the corruption that verify is there to find. */
async function plant({ ownerUrl, world }: Place, statement: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`select set_config('tw.companies', $1, false)`, [world.companies.map((one) => one.id).join(',')])
    await owner.query(statement)
  } finally {
    await owner.end()
  }
}

/** Over every company, those of a copied database too: the audit trail is one. */
async function proveBooks(kernel: Kernel, { modules }: Place, red: readonly string[]): Promise<void> {
  const invariants = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
  const companies = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ id: number }>`select every_company as id from kernel.every_company()`),
  )
  const ids = companies.map((one) => one.id)
  const verdict = await verify(kernel.pool, ids, invariants)
  const bad = verdict.checks.filter((check) => !check.ok)
  const unexpected = bad.find((check) => !red.includes(check.id))
  if (unexpected)
    fail(
      `invariant ${unexpected.id} does not hold (${unexpected.title}): ${JSON.stringify(unexpected.examples[0])}; red are ${bad.map((check) => check.id).join(', ')}`,
    )
  const missed = red.find((id) => !bad.some((check) => check.id === id))
  if (missed !== undefined) fail(`invariant ${missed} should not hold, and does`)
}

type Leaf = { document: string; document_id: string; verb: string; payload: string; leaf: Buffer }

/** Every verb that was done left its leaf for each document, and each leaf is the hash of what it says. */
async function proveTrail(stage: Stage): Promise<void> {
  const companies = stage.world.companies.map((one) => one.id)
  const leaves = await transaction(stage.site.kernel.pool, { companies }, (tx) =>
    tx.rows(
      sql<Leaf>`select document, document_id, verb, payload, leaf from kernel.audit where company_id = any(${companies}::int[])`,
    ),
  )
  const wrong = leaves.find((one) => !leafOf(one.payload).equals(one.leaf))
  if (wrong) fail(`the audit leaf of ${wrong.document}.${wrong.verb} is not the hash of what it says`)
  const known = new Set(leaves.map((one) => `${one.document}.${one.verb} ${one.document_id}`))
  for (const { verb, ids } of stage.done)
    for (const id of ids) if (!known.has(`${verb} ${id}`)) fail(`${verb} of ${id} left nothing in the audit trail`)
}
