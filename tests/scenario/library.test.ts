// The scenario library: each scenario is one test, played over real HTTP on a database of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { type Databases, onDatabase, openDatabases, readScenarios, runScenario } from '../../src/scenario/index.ts'
import { TEMPLATE } from '../support/global.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
let databases: Databases

beforeAll(async () => {
  databases = await openDatabases({ serverUrl: server, appUrl: (name) => onDatabase(server, name) }, TEMPLATE, modules)
}, 120_000)
afterAll(() => databases.clear(), 300_000)

describe('the scenarios of the template', () => {
  test.each(readScenarios().map((one) => [one.id, one.title, one] as const))(
    '%s %s',
    async (_id, _title, scenario) => {
      const place = { ...(await databases.make()), world: databases.world, modules }
      const outcome = await runScenario(place, scenario)
      expect(outcome.failure).toBeUndefined()
      expect(outcome).toMatchObject({ ok: true, steps: (scenario.before ?? []).length + scenario.steps.length })
    },
    120_000,
  )
})
