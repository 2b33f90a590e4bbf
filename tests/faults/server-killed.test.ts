// kill -9 of the server at every statement of confirm, ship, issue and receive: asked again with the same key, one effect.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { brokenChecks, complaints, misplaced, type Undisturbed, undisturbed } from '../support/faults-judge.ts'
import { disagreements, startLoad } from '../support/faults-load.ts'
import type { Trap } from '../support/faults-proxy.ts'
import { boundariesOf, type Outcome, type Round, rounds } from '../support/faults-rounds.ts'
import { type RunningServer, type Servers, servers } from '../support/faults-server.ts'
import { type Case, layCases, layPairs, layWorld, type Verb, type World } from '../support/faults-world.ts'

let db: TestDatabase
let world: World
let crew: Servers
let cases: Readonly<Record<Verb, Case[]>>
let model: Readonly<Record<Verb, Undisturbed>>
let active: RunningServer
let standby: Promise<RunningServer>
let kills = 0

const take = (verb: Verb): Case => {
  const one = cases[verb].shift()
  if (!one) throw new Error(`more cases of ${verb} are needed`)
  return one
}

const round: Round = {
  origin: () => active.origin,
  after: () => active.origin,
  get apiKey() {
    return world.key
  },
  arm: (traps: readonly Trap[]) => active.proxy.arm(traps),
  take,
  // The next server is up already when this one dies, as behind a load balancer.
  async strike() {
    kills++
    await active.kill()
    active = await standby
    standby = crew.start()
  },
}

beforeAll(async () => {
  db = await testDatabase()
  world = await layWorld(db.admin, db.kernel)
  cases = await layCases(world, 'CASE', 90)
  crew = await servers(db.url)
  active = await crew.start()
  standby = crew.start()
  model = await undisturbed(world, active, take)
})
afterAll(async () => {
  await standby
  await crew.clear()
})

test('F1: killed before and after every statement, under load, each request has one effect and its own answer', async () => {
  const load = startLoad(world, await layPairs(world, 'LOAD', 3, 5000), () => active.origin)
  const of = (verb: Verb) => boundariesOf(model[verb].statements)
  const tasks = { confirm: of('confirm'), ship: of('ship'), issue: of('issue'), receive: of('receive') }
  const wanted = Object.values(tasks).flat().length
  const outcomes = await rounds(round, tasks)
  await load.stop()
  const reached = outcomes.filter((one) => one.reached).length
  const statements = Object.entries(model).map(([verb, { statements }]) => `${verb} ${statements}`)
  console.info(
    `statements: ${statements.join(', ')}; ${kills} kills, ${reached} boundaries, ${load.ways.length} ways beside`,
  )
  expect(reached).toBe(wanted)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(misplaced(model, outcomes)).toEqual([])
  expect([load.refused, await disagreements(world, load)]).toEqual([[], []])
  expect(await brokenChecks(world)).toEqual([])
}, 120_000)

test('F1: killed at any message of any connection of a payment: sign-in, numbers, the transaction itself', async () => {
  const before = kills
  // Asked again elsewhere, so that every server that is killed is fresh: it has signed nobody in and holds no numbers.
  const witness = await crew.start()
  const outcomes: Outcome[] = []
  // Each event is one kill; they go on until a payment is answered before its event comes.
  for (let event = 1, answered = false; !answered; event++) {
    const task = { boundary: { moment: 'ask' as const, statement: event }, everything: true }
    const [outcome] = await rounds(
      { ...round, apiKey: world.key, after: () => witness.origin },
      { confirm: [], ship: [], issue: [], receive: [task] },
    )
    if (!outcome) throw new Error('no outcome')
    outcomes.push(outcome)
    answered = !outcome.reached
  }
  console.info(`${kills - before} kills`)
  // The transaction's own, and at least those of sign-in and of two kinds of numbers.
  expect(outcomes.length).toBeGreaterThan(model.receive.statements * 2 + 3 * 6)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(await brokenChecks(world)).toEqual([])
}, 120_000)
