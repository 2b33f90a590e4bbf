// Shipping is the one event that takes goods off the books: what it moves, what it posts, and what it refuses.
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf } from '../../../../tests/support/world.ts'
import { receive } from '../receipt/receive.ts'
import { cancel } from './cancel.ts'
import { pack } from './pack.ts'
import { pick } from './pick.ts'
import { release } from './release.ts'
import { ship } from './ship.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

test('T-AVL-06: what is there is shipped and posted at cost, the rest is a backorder', async () => {
  const item = await s.item('PART')
  await s.stock('W2', 'PART', '100')
  const order = await s.order('W2', [{ item: 'PART', quantity: '120' }])
  const list = await s.release(order)
  await s.run(ship, [list], { carrier: 'UPS', tracking: '1Z' }, { key: 'ship-part-1' })
  expect(await s.where(item)).toEqual({})
  expect([await s.account('1160'), await s.account('1200')]).toEqual(['1000', '0'])
  expect(
    await s.value('select (ordered - shipped - cancelled)::text from sales.order_line where order_id = $1', [order]),
  ).toBe('20')
  // The same key again is the same shipment, once.
  expect(
    await ship.run(s.kernel, contextOf({ key: 'ship-part-1' }), {
      ids: [list],
      input: { carrier: 'UPS', tracking: '1Z' },
    }),
  ).toMatchObject({ replayed: true })
  expect(await s.account('1160')).toBe('1000')
  await expect(s.run(ship, [list])).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('T-INV-S5: five boxes are exactly sixty pieces, from order to shipment', async () => {
  const item = await s.item('BOXED')
  await s.stock('W2', 'BOXED', '100', '1.5')
  const list = await s.release(await s.order('W2', [{ item: 'BOXED', quantity: '5', unit: 'BOX' }]))
  expect(await s.where(item)).toEqual({ stock: '100/60' })
  await s.run(ship, [list])
  expect(await s.where(item)).toEqual({ stock: '40/0' })
  expect(await s.value('select shipped_cost::text from sales.order_line where item_id = $1', [item])).toBe('90.00')
})

test('T-INV-S9: a serial number leaves once; the same number in stock twice is refused', async () => {
  const item = await s.item('SERIAL', { tracking: 'serial' })
  await s.stock('W2', 'SERIAL', '1', '10', { lot: 'S1' })
  await expect(s.stock('W1', 'SERIAL', '1', '10', { lot: 'S1' })).rejects.toMatchObject({ code: 'SERIAL_ELSEWHERE' })
  await expect(s.stock('W2', 'SERIAL', '1', '10', { lot: 'S1' })).rejects.toMatchObject({ code: 'SERIAL_ELSEWHERE' })
  await expect(s.stock('W2', 'SERIAL', '2', '10', { lot: 'S2' })).rejects.toMatchObject({ code: 'SERIAL_IS_ONE' })
  await expect(s.stock('W2', 'SERIAL', '1')).rejects.toMatchObject({ code: 'LOT_NEEDED' })
  const list = await s.release(await s.order('W2', [{ item: 'SERIAL', quantity: '1' }]))
  await s.run(ship, [list])
  await expect(s.run(ship, [list])).rejects.toMatchObject({ code: 'WRONG_STATE' })
  const second = await s.order('W2', [{ item: 'SERIAL', quantity: '1' }])
  await expect(release.run(s.kernel, contextOf(), { input: [{ order: second }] })).rejects.toMatchObject({
    code: 'NOTHING_TO_SHIP',
  })
  expect(await s.where(item)).toEqual({})
})

test('T-INV-S8: stock of three lets nobody ship five, and says how many are possible', async () => {
  const item = await s.item('THREE-LEFT')
  await s.stock('W2', 'THREE-LEFT', '5')
  const list = await s.release(await s.order('W2', [{ item: 'THREE-LEFT', quantity: '5' }]))
  // Two pieces vanish behind the system's back: the books are made to say so.
  await s.admin.query('update inventory.balance set on_hand = 3, reserved = 3 where item_id = $1', [item])
  await expect(s.run(ship, [list])).rejects.toMatchObject({
    code: 'STOCK_SHORT',
    detail: { possible: '3', wanted: '5' },
  })
  expect(await s.where(item)).toEqual({ stock: '3/3' })
})

test('a lot that expired on the shelf goes to nobody', async () => {
  await s.item('OLD', { tracking: 'lot' })
  await s.stock('W2', 'OLD', '5', '10', { lot: 'O1', expiresOn: '2026-03-05' })
  const list = await s.release(await s.order('W2', [{ item: 'OLD', quantity: '5' }]))
  await expect(
    s.run(ship, [list], {}, { today: '2026-03-05', now: new Date('2026-03-05T15:00:00Z') }),
  ).rejects.toMatchObject({ code: 'LOT_NOT_GOOD' })
})

test('packing weighs: a parcel that weighs too little is opened again, or somebody says why', async () => {
  await s.item('HEAVY', { weight: 500 })
  await s.stock('W1', 'HEAVY', '4')
  const list = await s.release(await s.order('W1', [{ item: 'HEAVY', quantity: '4' }]))
  await s.run(pick, [list])
  await expect(s.run(pack, [list], { parcels: 1, weightGrams: 1500 })).rejects.toMatchObject({
    code: 'WEIGHT_DIFFERS',
    detail: { expected: '2000' },
  })
  await s.run(pack, [list], { parcels: 1, weightGrams: 2100 })
  await expect(s.run(pick, [list])).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('a warehouse of one step neither packs nor ships what was not found; a credit stop holds the truck', async () => {
  await s.item('STEP')
  await s.stock('W2', 'STEP', '6')
  const list = await s.release(await s.order('W2', [{ item: 'STEP', quantity: '3' }]))
  await s.run(pick, [list])
  await expect(s.run(pack, [list])).rejects.toMatchObject({ code: 'WRONG_STEP' })
  await s.customer('C2')
  const stopped = await s.release(await s.order('W2', [{ item: 'STEP', quantity: '3' }], 'C2'))
  await s.admin.query(`update credit.account set credit_limit = 1 where code = 'C2'`)
  await expect(s.run(ship, [stopped])).rejects.toMatchObject({ code: 'CREDIT_STOPS', detail: { customer: 'C2' } })
  await s.run(ship, [list])
})

test('release says what an order waits for', async () => {
  await s.item('RULED')
  await s.stock('W2', 'RULED', '1')
  await expect(release.run(s.kernel, contextOf(), { input: [{ order: newId() }] })).rejects.toMatchObject({
    code: 'ORDER_NOT_RELEASED',
  })
  const order = await s.order('W2', [{ item: 'RULED', quantity: '2' }])
  await s.admin.query(`update sales.orders set backorder_rule = 'COMPLETE' where id = $1`, [order])
  await expect(release.run(s.kernel, contextOf(), { input: [{ order }] })).rejects.toMatchObject({
    code: 'HELD_BY_RULE',
  })
  await s.admin.query(`update sales.orders set backorder_rule = 'BACKORDER' where id = $1`, [order])
  const list = await s.release(order)
  await s.run(cancel, [list], {}, { reason: 'not today' })
})

test('two clerks who release the same order make one list', async () => {
  await s.item('TWICE')
  await s.stock('W2', 'TWICE', '10')
  const order = await s.order('W2', [{ item: 'TWICE', quantity: '10' }])
  const tried = await Promise.allSettled(Array.from({ length: 6 }, () => s.release(order)))
  expect(tried.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'NOTHING_TO_SHIP' })
})

test('T-WHS-10 WMS-03: damaged goods are received into quarantine, where nobody is promised them', async () => {
  const item = await s.item('DENT')
  await receive.run(s.kernel, contextOf(), {
    input: [
      {
        warehouse: 'W1',
        lines: [
          { item: 'DENT', quantity: '95', unitCost: '10' },
          { item: 'DENT', quantity: '5', unitCost: '10', place: 'quarantine' },
        ],
      },
    ],
  })
  expect(await s.where(item)).toEqual({ stock: '95/0', quarantine: '5/0' })
  await s.order('W1', [{ item: 'DENT', quantity: '100' }])
  expect(await s.where(item)).toEqual({ stock: '95/95', quarantine: '5/0' })
})

test('a list on which nothing is left to take is cancelled, not shipped', async () => {
  await s.item('NIL')
  await s.stock('W2', 'NIL', '1')
  const list = await s.release(await s.order('W2', [{ item: 'NIL', quantity: '1' }]))
  await s.admin.query('update warehouse.shipment_line set quantity = 0 where shipment_id = $1', [list])
  await expect(s.run(ship, [list])).rejects.toMatchObject({ code: 'NOTHING_PICKED' })
  await s.run(cancel, [list], {}, { reason: 'nothing to take' })
})
