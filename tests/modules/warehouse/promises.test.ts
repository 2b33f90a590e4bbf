// What can be promised and who waits: item by item, day by day, line by line, over the warehouses that one may see.
import { beforeAll, expect, test } from 'vitest'
import { itemMoves } from '../../../src/modules/inventory/item-moves.ts'
import { items } from '../../../src/modules/inventory/items.ts'
import { draft } from '../../../src/modules/inventory/transfer/draft.ts'
import { ship } from '../../../src/modules/inventory/transfer/ship.ts'
import { backorders, waitingLines } from '../../../src/modules/warehouse/backorders.ts'
import { beforeClose } from '../../../src/modules/warehouse/before-close.ts'
import { itemCurve } from '../../../src/modules/warehouse/item-curve.ts'
import { contextOf, person } from '../../support/world.ts'
import { openShop, type Shop } from './shop.ts'

let s: Shop
const today = contextOf().today
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await s.item('DISC')
  await s.stock('W1', 'DISC', '10')
  await s.stock('W2', 'DISC', '100')
  // 10 of 25 are there; 40 more come from the other warehouse in nine days.
  await s.order('W1', [{ item: 'DISC', quantity: '25' }])
  const { ids } = await draft.run(s.kernel, contextOf(), {
    input: [{ from: 'W2', to: 'W1', dueOn: '2026-12-31', lines: [{ item: 'DISC', quantity: '40' }] }],
  })
  await s.run(ship, ids)
})

test('INV-02: an item is told once, with all that is on hand, promised, free and on its way', async () => {
  type Item = { item: string; on_hand: string; reserved: string; free: string; expected: string; next_due: string }
  const told = await items.ask<Item>(s.kernel, contextOf(), { q: 'dis' })
  expect(told).toMatchObject([
    { item: 'DISC', on_hand: '70', reserved: '10', free: '60', expected: '40', next_due: '2026-12-31' },
  ])
  const [inW1] = await items.ask<Item>(s.kernel, contextOf(), { item: 'DISC', warehouse: 'W1' })
  expect([inW1?.on_hand, inW1?.free, inW1?.expected]).toEqual(['10', '0', '40'])
  const elsewhere = person('Elsewhere', ['inventory.balance.read'], { warehouseId: s.warehouses.W2 })
  const [seen] = await items.ask<Item>(s.kernel, contextOf({ principal: elsewhere }), { item: 'DISC' })
  expect([seen?.on_hand, seen?.expected]).toEqual(['60', '0'])
  expect(await items.ask(s.kernel, contextOf(), { q: '%' })).toEqual([])
})

test('ORD-14: the curve runs with and without those who wait, and names what comes', async () => {
  type Point = { warehouse: string; day: string; supply: string; demand: string; free: string; left: string }
  const rows = await itemCurve.ask<Point>(s.kernel, contextOf(), { item: 'DISC' })
  const w1 = rows.filter((row) => row.warehouse === 'W1')
  expect(w1[0]).toMatchObject({ day: today, free: '0', supply: '0' })
  expect(w1.at(-1)).toMatchObject({ free: '40', left: '25' })
  expect(w1.map((row) => Number(row.demand)).reduce((a, b) => a + b)).toBe(15)
  expect(w1.find((row) => row.supply === '40')).toMatchObject({
    day: '2026-12-31',
    sources: [{ source: 'inventory.transfer', quantity: '40' }],
  })
  expect(rows.filter((row) => row.warehouse === 'W2')).toMatchObject([{ free: '60', left: '60', demand: '0' }])
})

test('ORD-11: an item that is short tells how much lacks and who waits for it', async () => {
  expect(await backorders.ask(s.kernel, contextOf(), { warehouse: 'W1' })).toMatchObject([
    { item: 'DISC', wanted: '15', lines: 1, orders: 1, free: '0', held: '10', expected: '40', next_due: '2026-12-31' },
  ])
  expect(await backorders.ask(s.kernel, contextOf(), { warehouse: 'W2' })).toEqual([])
  expect(await waitingLines.ask(s.kernel, contextOf(), { item: 'DISC' })).toMatchObject([
    { customer: 'C1', open: '25', reserved: '10', wanted: '15', by_hand: false },
  ])
})

test('INV-16: the moves of an item are told latest first, page by page, with what our places gained or lost', async () => {
  type Move = { id: string; moved_at: Date; change: string | null; event: string }
  const all = await itemMoves.ask<Move>(s.kernel, contextOf(), { item: 'DISC' })
  expect(all.map((row) => row.change)).toEqual(['-40', '100', '10'])
  const [first] = await itemMoves.ask<Move>(s.kernel, contextOf(), { item: 'DISC', limit: 1 })
  const rest = await itemMoves.ask<Move>(s.kernel, contextOf(), {
    item: 'DISC',
    before: first?.moved_at.toISOString(),
    beforeId: first?.id,
  })
  expect([first?.id, ...rest.map((row) => row.id)].sort()).toEqual(all.map((row) => row.id).sort())
})

test('goods between two sites are told before a period closes', async () => {
  const rows = await beforeClose.ask<{ check: string; count: number }>(s.kernel, contextOf(), { until: '2026-12-31' })
  expect(Object.fromEntries(rows.map((row) => [row.check, row.count]))).toEqual({
    'not-gone': 0,
    'receipts-draft': 0,
    'in-transit': 1,
  })
})
