// The scenarios are no decoration: a wrong expectation fails, and a defect planted in the world is caught and named.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import {
  type Databases,
  type Outcome,
  onDatabase,
  openDatabases,
  readScenarios,
  runScenario,
  type Scenario,
} from '../../src/scenario/index.ts'
import { TEMPLATE } from '../support/global.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
let databases: Databases
beforeAll(async () => {
  databases = await openDatabases({ serverUrl: server, appUrl: (name) => onDatabase(server, name) }, TEMPLATE, modules)
}, 120_000)
afterAll(() => databases.clear(), 300_000)

const scenarioOf = (id: string): Scenario => {
  const found = readScenarios().find((one) => one.id === id)
  if (!found) throw new Error(`there is no scenario ${id}`)
  return found
}

/** Plays the scenario on a copy of the world, with one statement of its owner's before. */
async function playIn(scenario: Scenario, defect?: string): Promise<Outcome> {
  const place = await databases.make()
  if (defect !== undefined) {
    const owner = new pg.Client({ connectionString: place.ownerUrl })
    await owner.connect()
    const ids = databases.world.companies.map((one) => one.id).join(',')
    await owner.query(`select set_config('tw.companies', $1, false)`, [ids])
    const { rowCount } = await owner.query(defect).finally(() => owner.end())
    expect(rowCount).toBeGreaterThan(0)
  }
  return await runScenario({ ...place, world: databases.world, modules }, scenario)
}

describe('what a scenario would not let pass', () => {
  test('an expectation that is a cent off fails, and says what is there', async () => {
    const scenario = structuredClone(scenarioOf('T-Q2C-01'))
    const shipping = scenario.steps.find((step) => step.then?.ledger === 'Dr1160 100 Cr1200 100')
    if (!shipping?.then) throw new Error('T-Q2C-01 does not ship')
    shipping.then.ledger = 'Dr1160 100.01 Cr1200 100.01'
    const outcome = await playIn(scenario)
    expect(outcome.ok).toBe(false)
    expect(outcome.failure).toContain(
      'the ledger should have Dr1160 100.01 Cr1200 100.01 and has Dr1160 100 Cr1200 100',
    )
  }, 120_000)

  test('a refusal that does not come fails', async () => {
    const scenario = structuredClone(scenarioOf('T-INV-S1'))
    const posting = scenario.steps.at(-1)
    if (!posting) throw new Error('T-INV-S1 has no steps')
    posting.refused = 'APPROVAL_NEEDED'
    const outcome = await playIn(scenario)
    expect(outcome.failure).toContain('is not refused with APPROVAL_NEEDED')
  }, 120_000)

  test('journal lines that no step speaks of fail at the end', async () => {
    const scenario = structuredClone(scenarioOf('T-INV-S1'))
    for (const step of scenario.steps) delete step.then?.ledger
    const outcome = await playIn(scenario)
    expect(outcome.failure).toContain('at the end: the ledger should have none and has Cr1200 10 Dr5020 10')
  }, 120_000)

  test('cost of sales mapped to another account is caught by T-Q2C-01 at the invoice', async () => {
    const outcome = await playIn(
      scenarioOf('T-Q2C-01'),
      `update ledger.mapping set account = '5030' where role = 'cost-of-sales'`,
    )
    expect(outcome.ok).toBe(false)
    expect(outcome.failure).toMatch(/receivables\.invoice\.issue.*Dr5030 100/)
  }, 120_000)

  test('another rounding of tax is caught by T-PRC-11 to the cent', async () => {
    const outcome = await playIn(
      scenarioOf('T-PRC-11'),
      `update company.company set tax_rounding = 'line-half-up' where code = 'SCN-ALPHA'`,
    )
    expect(outcome.ok).toBe(false)
    expect(outcome.failure).toContain('$alpha.tax should be "1177.22" and is "1177.24"')
  }, 120_000)
})
