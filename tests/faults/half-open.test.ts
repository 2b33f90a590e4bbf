// A connection on which nobody answers and which nobody closes is given up after a while; nobody waits for ever.
import { afterAll, expect, test } from 'vitest'
import { isUnreachable, OutcomeUnknown, openPool, sql, transaction } from '#kernel/db'
import { testDatabase } from '../support/database.ts'
import { openProxy } from '../support/faults-proxy.ts'
import { limitOf } from '../support/targets.ts'

const db = await testDatabase()
const url = new URL(db.url)
const proxy = await openProxy({ host: url.hostname, port: Number(url.port) })
url.port = String(proxy.port)
const pool = openPool(url.href, { max: 2, silenceMilliseconds: 500 })
afterAll(async () => {
  await proxy.close()
  await pool.end()
})
const within = { companies: [1] }
const LIMIT = limitOf('half-open-answer')

/** Does the work, and returns what it threw and after how long. */
async function outcome(work: () => Promise<unknown>): Promise<{ error: unknown; milliseconds: number }> {
  const started = performance.now()
  const error = await work().catch((thrown: unknown) => thrown)
  return { error, milliseconds: performance.now() - started }
}

test('F6: half open within a transaction, it ends as a database that cannot be reached, and the next one works', async () => {
  const { error, milliseconds } = await outcome(() =>
    transaction(pool, within, async (tx) => {
      await tx.rows(sql`select 1`)
      proxy.cut()
      await tx.rows(sql`select 2`)
    }),
  )
  expect(isUnreachable(error)).toBe(true)
  expect(milliseconds).toBeLessThan(LIMIT)
  expect(await transaction(pool, within, (tx) => tx.first(sql`select 3 as three`))).toEqual({ three: 3 })
})

test('F6: half open at the commit, the outcome is unknown, and said so', async () => {
  const { error, milliseconds } = await outcome(() =>
    transaction(pool, within, async (tx) => {
      await tx.rows(sql`select 1`)
      proxy.cut()
    }),
  )
  expect(error).toBeInstanceOf(OutcomeUnknown)
  expect(milliseconds).toBeLessThan(LIMIT)
  expect(await transaction(pool, within, (tx) => tx.first(sql`select 3 as three`))).toEqual({ three: 3 })
})

test('F6: a connection that went half open while it was idle costs one request, and is replaced', async () => {
  await transaction(pool, within, (tx) => tx.rows(sql`select 1`))
  expect(pool.idleCount).toBeGreaterThan(0)
  proxy.cut()
  const { error } = await outcome(() => transaction(pool, within, (tx) => tx.rows(sql`select 1`)))
  expect(isUnreachable(error), String(error)).toBe(true)
  expect(await transaction(pool, within, (tx) => tx.first(sql`select 3 as three`))).toEqual({ three: 3 })
})

test('F6: a long question of one snapshot is waited for', async () => {
  const slow = () =>
    transaction(pool, within, (tx) => tx.first(sql`select pg_sleep(0.8)::text as slept`), { snapshot: true })
  expect(await slow()).toEqual({ slept: '' })
})
