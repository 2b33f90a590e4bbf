// Checks of the books: asked for once, done by the worker, told step by step, and honest about what does not hold.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { jobsOf, runJob } from '#kernel/jobs'
import { Refusal } from '#kernel/refusal'
import { sealer } from '#kernel/sealer'
import { modules } from '../../../src/modules/index.ts'
import { start } from '../../../src/modules/insight/check/start.ts'
import { checks } from '../../../src/modules/insight/questions/checks.ts'
import { testDatabase } from '../../support/database.ts'
import { BETA, person } from '../../support/world.ts'
import { layMarch, on } from './world.ts'

const { kernel, admin } = await testDatabase()
const home = mkdtempSync(join(tmpdir(), 'tw-insight-'))
afterAll(() => rmSync(home, { recursive: true }))
const ASKS = person('Asks', ['insight.check.start', 'insight.check.read'])
const now = new Date('2026-04-02T16:00:00Z')
const all = KERNEL_INVARIANTS.length + modules.flatMap((one) => one.invariants).length

beforeAll(async () => {
  await layMarch(kernel, admin)
})

/** Seals everything; what other people's open transactions on the server might still overtake is waited for. */
const sealed = () =>
  vi.waitFor(
    async () => {
      await sealer(kernel.pool, home).seal(now)
      const { rows } = await admin.query(
        'select (select count(*) from kernel.audit) - (select count(*) from kernel.audit_seal) as lacking',
      )
      expect(rows[0]?.lacking).toBe('0')
    },
    { timeout: 20_000, interval: 200 },
  )

/** Does what is due, as the worker would. */
const work = async () => {
  const { tasks } = jobsOf(modules)
  while (await runJob({ kernel, tasks, clock: () => now, holder: randomUUID(), attempts: 1 }));
}
const ask = (companyId?: number) =>
  start.run(kernel, on('2026-04-02', { principal: ASKS, ...(companyId ? { companyId } : {}) }), { input: [{}] })
type Row = {
  id: string
  done: number
  total: number
  holds: boolean | null
  breaches: number
  given_up: boolean
  problem: string | null
}
const newest = async (): Promise<Row | undefined> =>
  (await checks.ask<Row>(kernel, on('2026-04-02', { principal: ASKS }), { limit: 1 }))[0]
const stored = async (id: string) => (await admin.query('select * from insight.check where id = $1', [id])).rows[0]
async function refused(done: Promise<unknown>): Promise<string> {
  try {
    await done
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('a check waits for the worker, one at a time, and tells of every invariant and of the sealed head', async () => {
  await sealed()
  const { ids } = await ask()
  expect(await newest()).toMatchObject({ done: 0, holds: null })
  expect(await refused(ask())).toBe('CHECK_AT_WORK')
  await work()
  expect(await newest()).toMatchObject({
    done: all,
    total: all,
    holds: true,
    breaches: 0,
    given_up: false,
    problem: null,
  })
  const { results, examples, head } = await stored(ids[0] ?? '')
  expect(results).toHaveLength(all)
  expect(examples).toEqual({})
  expect(head).toMatchObject({ rootFits: true })
  expect(head.size).toBeGreaterThan(20)
  // What the check itself wrote is younger than the seal.
  expect(head.waiting).toBe(1)
})

test('planted corruption is told with its rows, and only in its own company', async () => {
  await admin.query('update inventory.balance set on_hand = on_hand + 1 where on_hand > 500')
  const { ids } = await ask()
  const other = await start.run(
    kernel,
    on('2026-04-02', { principal: person('Beta', ['insight.check.start'], { companyId: BETA }), companyId: BETA }),
    { input: [{}] },
  )
  await work()
  const { holds, breaches, examples } = await stored(ids[0] ?? '')
  expect(holds).toBe(false)
  expect(breaches).toBeGreaterThan(0)
  expect(JSON.stringify(examples)).toContain('"company_id":1')
  const beta = await stored(other.ids[0] ?? '')
  expect(beta).toMatchObject({ breaches: 0, examples: {}, holds: true })
})

test('a head whose leaves were changed no longer fits, and the check does not hold', async () => {
  await admin.query(`update kernel.audit_seal set leaf = sha256('else') where seq = 3`)
  const { ids } = await ask()
  await work()
  expect(await stored(ids[0] ?? '')).toMatchObject({ holds: false, head: { rootFits: false } })
})

test('a check whose job failed for good is given up, says why, and the next one can begin', async () => {
  await admin.query('alter table insight.check rename column results to results_away')
  await ask()
  await work()
  await admin.query('alter table insight.check rename column results_away to results')
  const lost = await newest()
  expect(lost).toMatchObject({ holds: null, given_up: true })
  expect(lost?.problem).toMatch(/results/)
  await ask()
  expect((await stored(lost?.id ?? '')).holds).toBe(false)
  await work()
  expect(await newest()).toMatchObject({ given_up: false, problem: null })
})
