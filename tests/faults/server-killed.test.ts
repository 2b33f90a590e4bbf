// kill -9 of the server at every statement of confirm, ship, issue and receive: asked again with the same key, one effect.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { brokenChecks, complaints, type Model, misplaced, undisturbed } from '../support/faults-judge.ts'
import { disagreements, startLoad } from '../support/faults-load.ts'
import type { Trap } from '../support/faults-proxy.ts'
import { boundariesOf, type Outcome, type Round, rounds } from '../support/faults-rounds.ts'
import { type Servers, type Succession, servers, succession } from '../support/faults-server.ts'
import { dealer, layCases, layPairs, layWorld, type Verb, type World } from '../support/faults-world.ts'

// A hundred kills take a minute and a half by themselves, and several times that where others want the machine too.
vi.setConfig({ testTimeout: 900_000 })

let world: World
let crew: Servers
let line: Succession
let round: Round
let model: Model

beforeAll(async () => {
  const db = await testDatabase()
  world = await layWorld(db.admin, db.kernel)
  const take = dealer(await layCases(world, 'CASE', 90))
  crew = await servers(db.url)
  line = await succession(crew)
  model = await undisturbed(world, line.active(), take)
  const origin = () => line.active().origin
  const arm = (traps: readonly Trap[]) => line.active().proxy.arm(traps)
  round = { origin, after: origin, apiKey: world.key, arm, take, strike: line.strike }
})
afterAll(() => crew.clear())

test('F1: killed before and after every statement, under load, each request has one effect and its own answer', async () => {
  const load = startLoad(world, await layPairs(world, 'LOAD', 3, 5000), round.origin)
  const of = (verb: Verb) => boundariesOf(model[verb].statements)
  const tasks = { confirm: of('confirm'), ship: of('ship'), issue: of('issue'), receive: of('receive') }
  const wanted = Object.values(tasks).flat().length
  const outcomes = await rounds(round, tasks)
  await load.stop()
  const reached = outcomes.filter((one) => one.reached).length
  const statements = Object.entries(model).map(([verb, { statements }]) => `${verb} ${statements}`)
  console.info(
    `statements: ${statements.join(', ')}; ${line.kills()} kills, ${reached} boundaries, ${load.ways.length} ways beside`,
  )
  expect(reached).toBe(wanted)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(misplaced(model, outcomes)).toEqual([])
  expect([load.refused, await disagreements(world, load)]).toEqual([[], []])
  expect(await brokenChecks(world)).toEqual([])
})

test('F1: killed at any message of any connection of a payment: sign-in, numbers, the transaction itself', async () => {
  const before = line.kills()
  // Asked again elsewhere, so that every server that is killed is fresh: it has signed nobody in and holds no numbers.
  const witness = await crew.start()
  const outcomes: Outcome[] = []
  // Each event is one kill; they go on until a payment is answered before its event comes.
  for (let event = 1, answered = false; !answered; event++) {
    const task = { boundary: { moment: 'ask' as const, statement: event }, everything: true }
    const [outcome] = await rounds(
      { ...round, after: () => witness.origin },
      { confirm: [], ship: [], issue: [], receive: [task] },
    )
    if (!outcome) throw new Error('no outcome')
    outcomes.push(outcome)
    answered = !outcome.reached
  }
  console.info(`${line.kills() - before} kills`)
  // The transaction's own, and at least those of sign-in and of two kinds of numbers.
  expect(outcomes.length).toBeGreaterThan(model.receive.statements * 2 + 3 * 6)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(await brokenChecks(world)).toEqual([])
})
