// A connection that breaks while nothing is being asked on it is a lost connection too, and not a fault of the product.
import { expect, test } from 'vitest'
import { isUnreachable, sql, transaction } from '#kernel/db'
import { testDatabase } from '../support/database.ts'

const { admin, kernel } = await testDatabase()
const pause = () => new Promise((resolve) => setTimeout(resolve, 100))

/** Ends the session of the transaction that just says its process id. */
const cutOff = async (pid: number) => {
  await admin.query('select pg_terminate_backend($1)', [pid])
  await pause()
}

test('F6: cut off between two statements, a transaction is done again on another connection', async () => {
  const seen: number[] = []
  await transaction(kernel.pool, { companies: [1] }, async (tx) => {
    const row = await tx.first(sql<{ pid: number }>`select pg_backend_pid() as pid`)
    seen.push(row?.pid ?? 0)
    if (seen.length === 1) await cutOff(row?.pid ?? 0)
    await tx.rows(sql`select 1`)
  })
  expect(seen.length).toBe(2)
  expect(seen[0]).not.toBe(seen[1])
})

test('F6: cut off before the commit is sent, a transaction is done again, for nothing was committed', async () => {
  let times = 0
  await transaction(kernel.pool, { companies: [1] }, async (tx) => {
    const row = await tx.first(sql<{ pid: number }>`select pg_backend_pid() as pid`)
    if (times++ === 0) await cutOff(row?.pid ?? 0)
  })
  expect(times).toBe(2)
})

test('F6: cut off again and again, it ends as a database that cannot be reached', async () => {
  const lost = await transaction(kernel.pool, { companies: [1] }, async (tx) => {
    const row = await tx.first(sql<{ pid: number }>`select pg_backend_pid() as pid`)
    await cutOff(row?.pid ?? 0)
    await tx.rows(sql`select 1`)
  }).catch((error: unknown) => error)
  expect(isUnreachable(lost)).toBe(true)
})
