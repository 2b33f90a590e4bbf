// The storms can fail: careless ways of promising stock oversell and deadlock, and the same watchers see it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { openShop, type Shop } from '../modules/warehouse/shop.ts'
import { deadlocks, dice, storm, watched, wideKernel } from './crowd.ts'

let s: Shop
let kernel: Kernel
beforeAll(async () => {
  s = await openShop()
  kernel = wideKernel(s.url)
})
afterAll(() => kernel.close())

const within = { companies: [1] }

test('without lock and constraint, reading first and promising then oversells, and the watcher sees it', async () => {
  const item = await s.item('CARELESS')
  await s.stock('W2', 'CARELESS', '20')
  await s.admin.query('alter table inventory.balance drop constraint never_oversold')
  const careless = () =>
    transaction(kernel.pool, within, async (tx) => {
      const seen = await tx.first(
        sql<{
          free: string
        }>`select (on_hand - reserved)::text as free, pg_sleep(0.01)::text from inventory.balance where company_id = 1 and item_id = ${item}`,
      )
      if (seen && Number(seen.free) >= 1)
        await tx.run(
          sql`update inventory.balance set reserved = reserved + 1 where company_id = 1 and item_id = ${item}`,
        )
      await tx.run(sql`select pg_sleep(0.01)`)
    })
  const { worst } = await watched(s.admin, () => storm(Array.from({ length: 64 }, () => careless)))
  expect(worst).toBeGreaterThan(0)
  expect(await s.value('select reserved > on_hand from inventory.balance where item_id = $1', [item])).toBe(true)
})

test('locking line by line in the order of typing deadlocks', async () => {
  const roll = dice(3)
  const codes = Array.from({ length: 4 }, (_, n) => `UN-${n}`)
  const items: string[] = []
  for (const code of codes) {
    items.push(await s.item(code))
    await s.stock('W2', code, '1000')
  }
  const before = await deadlocks(s.admin)
  const unsorted = Array.from({ length: 16 }, () => {
    const order = [...items].sort(() => roll(3) - 1)
    return () =>
      transaction(
        kernel.pool,
        within,
        async (tx) => {
          for (const item of order)
            await tx.run(
              sql`update inventory.balance set reserved = reserved + 1 where company_id = 1 and item_id = ${item}`,
            )
        },
        { retries: 0 },
      )
  })
  await storm(unsorted, 6)
  expect(await deadlocks(s.admin)).toBeGreaterThan(before)
}, 40_000)
