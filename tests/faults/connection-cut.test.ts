// The connection between server and database is cut at every statement of four verbs, and both live on: nobody notices.
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { brokenChecks, complaints, undisturbed } from '../support/faults-judge.ts'
import type { Trap } from '../support/faults-proxy.ts'
import { boundariesOf, type Outcome, rounds } from '../support/faults-rounds.ts'
import { servers } from '../support/faults-server.ts'
import { dealer, layCases, layWorld, type Verb } from '../support/faults-world.ts'

const db = await testDatabase()
const world = await layWorld(db.admin, db.kernel)
const take = dealer(await layCases(world, 'CASE', 60))
const crew = await servers(db.url)
afterAll(() => crew.clear())
const server = await crew.start()
const model = await undisturbed(world, server, take)

const round = {
  origin: () => server.origin,
  after: () => server.origin,
  apiKey: world.key,
  arm: (traps: readonly Trap[]) => server.proxy.arm(traps),
  take,
  async strike() {
    server.proxy.cut()
    server.proxy.sever()
  },
}

const firstAnswers = (outcomes: readonly Outcome[]) => [
  ...new Set(
    outcomes.map(({ first }) => (first === 'lost' ? 'lost' : `${first.status} ${first.body.code ?? ''}`.trim())),
  ),
]

test('F6: cut off before and after every statement, a request with a key is answered as if nothing had been', async () => {
  const of = (verb: Verb) => boundariesOf(model[verb].statements)
  const tasks = { confirm: of('confirm'), ship: of('ship'), issue: of('issue'), receive: of('receive') }
  const wanted = Object.values(tasks).flat().length
  const outcomes = await rounds(round, tasks)
  expect(outcomes.filter((one) => one.reached).length).toBe(wanted)
  expect(await complaints(world, model, outcomes)).toEqual([])
  expect(firstAnswers(outcomes)).toEqual(['200'])
  expect(await brokenChecks(world)).toEqual([])
  expect([server.alive(), server.log]).toEqual([true, []])
})
