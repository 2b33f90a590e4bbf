// Goods between two warehouses: off one shelf, on the road, on the other shelf; what is lost on the way is explained by a third.
import { beforeAll, expect, test } from 'vitest'
import { verify } from '#kernel/verify'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf, person } from '../../../../tests/support/world.ts'
import costing from '../../costing/module.ts'
import { available } from '../available.ts'
import inventory from '../module.ts'
import { cancel } from './cancel.ts'
import { draft } from './draft.ts'
import { receive } from './receive.ts'
import { ship } from './ship.ts'
import { writeOff } from './write-off.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

const may = ['draft', 'ship', 'receive', 'write-off'].map((verb) => `inventory.transfer.${verb}`)
const felix = person('Felix', may)
const hugo = person('Hugo', may)
const plan = async (item: string, quantity: string) =>
  (
    await draft.run(s.kernel, contextOf({ principal: felix }), {
      input: [{ from: 'W1', to: 'W2', dueOn: '2026-03-04', lines: [{ item, quantity }] }],
    })
  ).ids[0] ?? ''
const sound = async () =>
  (await verify(s.kernel.pool, [1], [...inventory.invariants, ...costing.invariants])).checks.filter((one) => !one.ok)

test('T-TRD-S11 INV-10: twenty are sent, nineteen arrive, one is written off by somebody else', async () => {
  const item = await s.item('TEN')
  await s.stock('W1', 'TEN', '30')
  const id = await plan('TEN', '20')
  await s.run(ship, [id], {}, { principal: felix })
  expect(await s.where(item)).toEqual({ stock: '10/0', transit: '20/0' })
  expect([await s.account('1150'), await s.account('1200')]).toEqual(['200', '100'])
  expect(await available.ask(s.kernel, contextOf(), { item: 'TEN', warehouse: 'W2' })).toMatchObject([
    { day: '2026-03-04', expected: '20', available: '20' },
  ])
  expect((await s.run(receive, [id], { lines: [{ line: 1, received: '19' }] }, { principal: felix })).states).toEqual({
    [id]: 'short',
  })
  expect([await s.where(item, 'W2'), await s.account('1150')]).toEqual([{ stock: '19/0' }, '10'])
  await expect(s.run(writeOff, [id], {}, { principal: felix, reason: 'it is gone' })).rejects.toMatchObject({
    code: 'MOVER_WRITES_OFF',
  })
  await s.stock('W1', 'TEN', '10', '13')
  await s.run(writeOff, [id], {}, { principal: hugo, reason: 'it is gone' })
  expect([
    await s.account('1150'),
    await s.account('5020'),
    await s.value('select count(*)::int from inventory.expected'),
  ]).toEqual(['0', '10.75', 0])
  expect(await sound()).toEqual([])
})

test('lots travel as they are, first expiry first, and arrive in parts', async () => {
  const item = await s.item('TLOT', { tracking: 'lot' })
  await s.stock('W1', 'TLOT', '5', '10', { lot: 'T2', expiresOn: '2026-09-01' })
  await s.stock('W1', 'TLOT', '5', '10', { lot: 'T1', expiresOn: '2026-06-01' })
  const id = await plan('TLOT', '7')
  await s.run(ship, [id])
  await s.run(receive, [id], { lines: [{ line: 1, received: '3' }] })
  expect((await s.run(receive, [id])).states).toEqual({ [id]: 'received' })
  expect(
    await s.value(
      `select string_agg(t.code || ' ' || b.on_hand, ', ' order by t.code) from inventory.balance b join inventory.lot t on t.id = b.lot_id join inventory.location l on l.id = b.location_id where b.item_id = $1 and l.warehouse_id = $2`,
      [item, s.warehouses.W2],
    ),
  ).toBe('T1 5, T2 2')
  expect(await sound()).toEqual([])
})

test('what transfers refuse', async () => {
  await s.item('FEW')
  await s.stock('W1', 'FEW', '10')
  await s.order('W1', [{ item: 'FEW', quantity: '6' }])
  const id = await plan('FEW', '5')
  await expect(s.run(ship, [id])).rejects.toMatchObject({ code: 'STOCK_SHORT', detail: { possible: '4', wanted: '5' } })
  await s.run(cancel, [id], {}, { reason: 'not enough' })
  const sent = await plan('FEW', '4')
  await s.run(ship, [sent])
  await expect(s.run(receive, [sent], { lines: [{ line: 1, received: '5' }] })).rejects.toMatchObject({
    code: 'TRANSFER_LINE',
  })
  await expect(s.run(receive, [sent], { lines: [{ line: 9, received: '1' }] })).rejects.toMatchObject({
    code: 'TRANSFER_LINE',
  })
  await expect(
    draft.run(s.kernel, contextOf(), { input: [{ from: 'W1', to: 'W1', lines: [{ item: 'FEW', quantity: '1' }] }] }),
  ).rejects.toMatchObject({ code: 'SAME_WAREHOUSE' })
  await expect(plan('FEW', '0')).rejects.toMatchObject({ code: 'NOT_POSITIVE' })
})
