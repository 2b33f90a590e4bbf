// The worker does by itself what every module declares: nothing is named in the worker, and nothing declared is forgotten.
import { beforeAll, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { enqueue, jobsOf, plan } from '#kernel/jobs'
import { checkModules, module } from '#kernel/module'
import { modules } from '../src/modules/index.ts'
import { startWorker } from '../src/worker.ts'
import { invoiced, layShop, type Shop, shipped } from './modules/receivables/shop.ts'
import { folderForThisFile } from './support/clean-up.ts'
import { testDatabase } from './support/database.ts'
import { ALPHA, contextOf } from './support/world.ts'

const { kernel, admin } = await testDatabase()
const home = folderForThisFile()
// The first of a month, eight in the morning in New York: the night's work of that company is due.
const clock = () => new Date('2026-05-01T12:00:00Z')
let shop: Shop
beforeAll(async () => {
  shop = await layShop(kernel, admin)
})

const until = async (done: () => Promise<boolean>) => {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nothing came of it in time')
}
const count = async (text: string) =>
  Number((await admin.query<{ n: string }>(`select count(*) as n from ${text}`)).rows[0]?.n)

test('CRD-06 ACC-01: at night whoever is overdue is held and monthly customers are invoiced, without anybody asking', async () => {
  await invoiced(shop, 'C1', '2')
  await admin.query(`update credit.account set max_overdue_days = 10 where code = 'C1'`)
  await shipped(shop, 'M1', '3')
  const problems: string[] = []
  const worker = await startWorker({
    kernel,
    home,
    modules,
    clock,
    pollMilliseconds: 20,
    onProblem: (one) => problems.push(one),
  })
  try {
    await until(async () => (await count(`receivables.invoice where customer_id = '${shop.customers.M1}'`)) === 1)
    await until(async () => (await count(`credit.account where code = 'C1' and holds ? 'overdue'`)) === 1)
    await until(
      async () =>
        (await count(`kernel.job where company_id = 1 and state = 'waiting' and run_at <= '2026-05-01T12:00:00Z'`)) ===
        0,
    )
  } finally {
    await worker.stop()
  }
  expect(problems).toEqual([])
  // The nightly check puts down the one that proves; the others are done when somebody asks.
  const planned = [...new Set(jobsOf(modules).schedules.map((one) => one.task)), 'insight.prove']
  const done = await admin.query<{ task: string }>(
    `select task from kernel.job where company_id = 1 and state = 'done' and task not like 'kernel.%'`,
  )
  expect(done.rows.map((one) => one.task).sort()).toEqual(planned.sort())
})

test('OPS-01: a module of tomorrow has its jobs done, with no line changed in the worker', async () => {
  const did: string[] = []
  const tomorrow = module('tomorrow', {
    needs: [],
    jobs: {
      'tomorrow.every-day': {
        at: '05:00',
        run: async ({ context }) => void did.push(`every day, ${context.companyId} ${context.today}`),
      },
      'tomorrow.when-asked': { run: async ({ payload }) => void did.push(`asked for ${String(payload.what)}`) },
    },
  })
  await transaction(kernel.pool, { companies: [ALPHA] }, async (tx) => {
    await enqueue(tx, { companyId: ALPHA, task: 'tomorrow.when-asked', payload: { what: 'a report' }, runAt: clock() })
    await enqueue(tx, { companyId: ALPHA, task: 'yesterday.of-a-version-that-is-gone', runAt: clock() })
  })
  const problems: string[] = []
  const worker = await startWorker({
    kernel,
    home,
    modules: [...modules, tomorrow],
    clock,
    pollMilliseconds: 20,
    onProblem: (one) => problems.push(one),
  })
  try {
    await until(async () => did.length === 3 && problems.length === 1)
  } finally {
    await worker.stop()
  }
  expect(did.sort()).toEqual(['asked for a report', 'every day, 1 2026-05-01', 'every day, 2 2026-05-01'])
  // Work that nobody here can do is said aloud, and waits for the version that can.
  expect(problems).toEqual([
    'The job yesterday.of-a-version-that-is-gone is due and no module does it. Run the version that knows it.',
  ])
  expect(await count(`kernel.job where task like 'yesterday.%' and state = 'waiting' and attempts = 0`)).toBe(1)
})

test('the product does not boot with a job that has no handler, no module or no time of the day', async () => {
  const run = async () => undefined
  const of = (jobs: Parameters<typeof module>[1]['jobs'] & object) => () =>
    checkModules([module('one', { needs: [], jobs })])
  expect(of({ 'one.good': { run, at: '23:59' } })).not.toThrow()
  // A handler can be missing only where the types are not asked, as in a module written in plain JavaScript.
  expect(of(JSON.parse('{"one.idle":{"at":"04:00"}}'))).toThrow('The job one.idle has nothing to run')
  expect(of({ 'other.job': { run } })).toThrow('must be named one.')
  expect(of({ 'one.late': { run, at: '24:30' } })).toThrow('which is no time of a day')
  const lame = module('lame', { needs: [], jobs: JSON.parse('{"lame.idle":{}}') })
  await expect(startWorker({ kernel, home, modules: [lame], clock })).rejects.toThrow(
    'The job lame.idle has nothing to run',
  )
})

test('every job that a module declares with a time is planned for every company', async () => {
  await admin.query('truncate kernel.job')
  const { schedules } = jobsOf(modules)
  expect(schedules.length).toBeGreaterThanOrEqual(2)
  expect(await plan(kernel, schedules, clock())).toBe(schedules.length * 2)
  expect(contextOf().companyId).toBe(ALPHA)
  await transaction(kernel.pool, { companies: [ALPHA] }, async (tx) => {
    const rows = await tx.rows(sql<{ task: string }>`select task from kernel.job where company_id = ${ALPHA}`)
    expect(rows.map((one) => one.task).sort()).toEqual(schedules.map((one) => one.task).sort())
  })
})
