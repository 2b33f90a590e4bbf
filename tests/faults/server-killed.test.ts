// kill -9 of the server at every statement of confirm, ship, issue and receive: asked again with the same key, one effect.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { brokenChecks, complaints, type Model, misplaced, undisturbed } from '../support/faults-judge.ts'
import { disagreements, startLoad } from '../support/faults-load.ts'
import type { Trap } from '../support/faults-proxy.ts'
import { ask, boundariesOf, type Outcome, type Round, rounds } from '../support/faults-rounds.ts'
import { type Servers, type Succession, servers, succession } from '../support/faults-server.ts'
import { type Case, dealer, layCases, layPairs, layWorld, type Verb, type World } from '../support/faults-world.ts'

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
    answered = outcome.first !== 'lost'
  }
  console.info(`${line.kills() - before} kills`)
  // The transaction's own, and at least those of sign-in and of two kinds of numbers.
  expect(outcomes.length).toBeGreaterThan(model.receive.statements * 2 + 3 * 6)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(await brokenChecks(world)).toEqual([])
})

/** Three orders and one that does not exist, confirmed each for itself with one key. */
function setOf(cases: readonly Case[], at: number): Case {
  const ids = cases.flatMap((one, n) => Object.entries(one.ids).map(([name, id]) => [`${name} ${n}`, id] as const))
  const nobody = '01a00000-0000-7000-8000-000000000000'
  const orders = cases.map((one) => one.ids.order)
  return {
    verb: 'confirm',
    key: `fault-set-${at}`,
    path: '/api/sales/order/confirm',
    body: { ids: [...orders.slice(0, 2), nobody, ...orders.slice(2)], each: true },
    ids: Object.fromEntries(ids),
  }
}

test('F1: a set that is done each for itself, killed on the way, is brought to its end by asking again', async () => {
  const left = await layCases(world, 'SET', 75)
  const take = (): Case => setOf(left.confirm.splice(0, 3), left.confirm.length)
  const witness = await crew.start()
  const one = take()
  const whole: Model = { ...model, confirm: { one, reply: await ask(witness.origin, world.key, one), statements: 0 } }
  const outcomes: Outcome[] = []
  for (let event = 3, answered = false; !answered; event += 5) {
    const task = { boundary: { moment: 'ask' as const, statement: event }, everything: true }
    const [outcome] = await rounds(
      { ...round, after: () => witness.origin, take },
      { confirm: [task], ship: [], issue: [], receive: [] },
    )
    if (!outcome) throw new Error('no outcome')
    outcomes.push(outcome)
    answered = outcome.first !== 'lost'
  }
  expect(outcomes.length).toBeGreaterThan(15)
  expect(await complaints(world, whole, outcomes)).toEqual([])
  // Of a set that was killed half-way, a part was there already and the rest was not.
  const half = outcomes.map(({ last }) => (JSON.stringify(last).match(/"replayed":true/g) ?? []).length)
  expect([...new Set(half)].sort()).toEqual([0, 1, 2, 3])
  expect(await brokenChecks(world)).toEqual([])
})
