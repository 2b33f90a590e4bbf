// Jobs are put down once, done once, tried again when they fail, and planned at the local time of each company.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import { enqueue, type JobOptions, plan, runJob, type Task } from '#kernel/jobs'
import { testDatabase } from '../support/database.ts'
import { type Child, effects, layProbe, startChild, until } from './relay-support.ts'

const { admin, kernel, url } = await testDatabase()
const now = new Date('2026-03-02T15:00:00Z')
const holder = '00000000-0000-4000-8000-00000000000b'
const children: Child[] = []

beforeAll(() => layProbe(admin))
beforeEach(() => admin.query('truncate kernel.job, probe.effect'))
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGCONT')
    child.process.kill('SIGKILL')
    await child.ended
  }
})

const put = (given: { key?: string; runAt?: Date; payload?: Record<string, unknown> } = {}) =>
  transaction(kernel.pool, { companies: [1] }, (tx) =>
    enqueue(tx, { companyId: 1, task: 'probe.work', runAt: now, ...given }),
  )
const run = (task: Task, more: Partial<JobOptions> = {}) =>
  runJob({ kernel, clock: () => now, holder, tasks: { 'probe.work': task }, ...more })
const states = async () =>
  (await admin.query('select state, attempts, problem from kernel.job order by created_at')).rows

test('a job is put down with the transaction that wants it, and under one key once', async () => {
  await expect(
    transaction(kernel.pool, { companies: [1] }, async (tx) => {
      await enqueue(tx, { companyId: 1, task: 'probe.work', runAt: now })
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(await put({ key: 'march' })).toBe(true)
  expect(await put({ key: 'march' })).toBe(false)
  const did: unknown[] = []
  expect(await run(async ({ payload }) => void did.push(payload))).toBe(true)
  expect(await run(async ({ payload }) => void did.push(payload))).toBe(false)
  expect(did).toEqual([{}])
  expect(await put({ key: 'march' })).toBe(false)
  expect(await states()).toEqual([{ state: 'done', attempts: 1, problem: null }])
})

test('a job waits for its time', async () => {
  await put({ runAt: new Date(now.getTime() + 1_000) })
  expect(await run(async () => undefined)).toBe(false)
  expect(await run(async () => undefined, { clock: () => new Date(now.getTime() + 1_000) })).toBe(true)
})

test('what a failed job had written is gone, it waits longer each time, and fails for good at last', async () => {
  await put()
  const failures: boolean[] = []
  const failing: Task = async ({ tx, jobId }) => {
    await tx.run(sql`insert into probe.effect (company, document_id, label, by_pid) values (1, ${jobId}, 'half', 0)`)
    throw new Error('the printer is off')
  }
  for (let attempt = 1; attempt <= 3; attempt++) {
    await run(failing, { attempts: 3, onFailed: ({ final }) => void failures.push(final) })
    const { rows } = await admin.query<{ wait: number }>(
      'select extract(epoch from lease_until - clock_timestamp())::float as wait from kernel.job',
    )
    if (attempt < 3) expect(Math.ceil(rows[0]?.wait ?? 0)).toBe(2 ** attempt)
    expect(await run(failing)).toBe(false)
    await admin.query(`update kernel.job set lease_until = '-infinity'`)
  }
  expect(failures).toEqual([false, false, true])
  expect(await states()).toEqual([{ state: 'failed', attempts: 3, problem: 'the printer is off' }])
  expect(await effects(admin)).toEqual([])
})

test('F12: a worker that was stopped in the middle of a job and wakes up later does not do it a second time', async () => {
  await put({ payload: { label: 'close the month' } })
  const zombie = startChild('jobs', url, { PROBE_PAUSE: '1200', PROBE_LEASE: '600' })
  children.push(zombie)
  await zombie.said('effect')
  zombie.process.kill('SIGSTOP')
  const heir = startChild('jobs', url, { PROBE_LEASE: '600' })
  children.push(heir)
  await heir.said('effect')
  await until(async () => (await states())[0]?.state === 'done')
  zombie.process.kill('SIGCONT')
  await zombie.said('round true')
  const { rows } = await admin.query('select label, by_pid from probe.effect')
  expect(rows).toEqual([{ label: 'close the month', by_pid: heir.process.pid }])
  expect(await states()).toEqual([{ state: 'done', attempts: 2, problem: null }])
})

test('F11: a job of a killed worker is done by another when the lease has ended, and long work keeps its lease', async () => {
  await put({ payload: { label: 'long' } })
  const long = startChild('jobs', url, { PROBE_PAUSE: '1500', PROBE_LEASE: '600' })
  children.push(long)
  await long.said('effect')
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(await run(async () => undefined)).toBe(false)
  long.process.kill('SIGKILL')
  await long.ended
  const did: string[] = []
  await until(async () => await run(async ({ payload }) => void did.push(String(payload.label))), 5)
  expect(did).toEqual(['long'])
  expect(await effects(admin)).toEqual([])
})

test('a schedule is planned once a day for each company, at its own local time', async () => {
  const schedules = [
    { task: 'close', at: '02:30' },
    { task: 'remind', at: '08:00', weekdays: [1] },
  ] as const
  expect(await plan(kernel, schedules, now)).toBe(3)
  expect(await plan(kernel, schedules, now)).toBe(0)
  const planned = async () =>
    (
      await admin.query(
        `select company_id, task, key, to_char(run_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as utc from kernel.job order by run_at, task`,
      )
    ).rows
  // It is Monday in New York and already Tuesday in Tokyo, where nobody is to be reminded.
  expect(await planned()).toEqual([
    { company_id: 1, task: 'close', key: '02:30 2026-03-02', utc: '2026-03-02 07:30' },
    { company_id: 1, task: 'remind', key: '08:00 2026-03-02', utc: '2026-03-02 13:00' },
    { company_id: 2, task: 'close', key: '02:30 2026-03-03', utc: '2026-03-02 17:30' },
  ])
  await admin.query('truncate kernel.job')
  // The night in which New York has no 02:30: it is an hour later by the clock on the wall, and happens.
  await plan(kernel, schedules.slice(0, 1), new Date('2026-03-08T12:00:00Z'))
  expect((await planned()).filter((one) => one.company_id === 1)).toEqual([
    { company_id: 1, task: 'close', key: '02:30 2026-03-08', utc: '2026-03-08 07:30' },
  ])
})
