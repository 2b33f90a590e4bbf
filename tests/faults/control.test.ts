// The same kills on servers that keep the key in a transaction of its own: effects double or get lost, and the verdict says so.
import { afterEach, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { complaints, undisturbed } from '../support/faults-judge.ts'
import type { Boundary, Trap } from '../support/faults-proxy.ts'
import { rounds } from '../support/faults-rounds.ts'
import { type Servers, servers, succession } from '../support/faults-server.ts'
import { dealer, layCases, layWorld } from '../support/faults-world.ts'

let crew: Servers | undefined
afterEach(() => crew?.clear())

/** Stops one request of each verb at the boundary of the transaction that keeps its key, and returns the verdict. */
async function verdict(way: string, boundary: Boundary): Promise<readonly string[]> {
  const db = await testDatabase()
  const world = await layWorld(db.admin, db.kernel)
  const take = dealer(await layCases(world, 'CASE', 4))
  crew = await servers(db.url, way)
  const line = await succession(crew)
  const model = await undisturbed(world, line.active(), take)
  const origin = () => line.active().origin
  const arm = (traps: readonly Trap[]) => line.active().proxy.arm(traps)
  const round = { origin, after: origin, apiKey: world.key, arm, take, strike: line.strike }
  const outcomes = await rounds(round, {
    confirm: [{ boundary }],
    ship: [{ boundary }],
    issue: [{ boundary }],
    receive: [{ boundary }],
  })
  expect(outcomes.map((one) => one.reached)).toEqual([true, true, true, true])
  return await complaints(world, model, outcomes)
}

test('F1 control: with the key kept after the effect, a payment is entered twice and a shipment is refused', async () => {
  // Before the commit of the key's own transaction: begin, scope, look, insert, commit.
  const found = await verdict('key-after', { moment: 'ask', statement: 5 })
  expect(found).toContainEqual(expect.stringMatching(/^receive, .*: \+ receivables\.payment /))
  expect(found).toContainEqual(expect.stringMatching(/^receive, .*: \+ ledger\.entry /))
  expect(found).toContainEqual(expect.stringMatching(/^confirm, .*: answered 409 .*WRONG_STATE/))
  expect(found).toContainEqual(expect.stringMatching(/^ship, .*: answered 409 .*WRONG_STATE/))
  expect(found).toContainEqual(expect.stringMatching(/^issue, .*: answered 422 .*NOTHING_TO_INVOICE/))
})

test('F1 control: with the key kept before the effect, every effect is lost and its request told that it is there', async () => {
  const found = await verdict('key-before', { moment: 'answer', statement: 5 })
  expect(found).toContainEqual(expect.stringMatching(/^confirm, .*: - inventory\.reservation /))
  expect(found).toContainEqual(expect.stringMatching(/^ship, .*: - inventory\.move /))
  expect(found).toContainEqual(expect.stringMatching(/^issue, .*: - receivables\.invoice /))
  expect(found).toContainEqual(expect.stringMatching(/^receive, .*: - receivables\.payment /))
})
