// Moving goods by hand: inside a warehouse, never against a promise, unless somebody may take it.
import { beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf, person } from '../../../../tests/support/world.ts'
import { block } from '../location/block.ts'
import { close } from '../location/close.ts'
import { create } from '../location/create.ts'
import { unblock } from '../location/unblock.ts'
import { reservations } from '../reservations.ts'
import { record } from './record.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await create.run(s.kernel, contextOf(), {
    input: [
      { warehouse: 'W1', code: 'B-01', pickSequence: 5 },
      { warehouse: 'W1', code: 'B-02', pickSequence: 6 },
    ],
  })
})

const clerk = person('Clerk', ['inventory.move.record', 'inventory.reservation.read'])
const boss = person('Boss', ['inventory.move.record', 'inventory.reservation.override'])
const move = (lines: readonly object[], principal = clerk) =>
  record.run(s.kernel, contextOf({ principal }), { input: [{ warehouse: 'W1', reason: 'tidying up', lines }] })

test('T-AVL-05 INV-05: promised stock stays where it is; whoever may take it takes the newest promise, and it is named', async () => {
  const item = await s.item('KEPT')
  await s.stock('W1', 'KEPT', '100', '10', {
    location: await s.value<string>(`select id from inventory.location where code = 'B-01'`),
  })
  const order = await s.order('W1', [{ item: 'KEPT', quantity: '10' }])
  await expect(move([{ item: 'KEPT', quantity: '95', from: 'B-01', to: 'B-02' }])).rejects.toMatchObject({
    code: 'STOCK_RESERVED',
    detail: { possible: '90', wanted: '95' },
  })
  await move([{ item: 'KEPT', quantity: '90', from: 'B-01', to: 'B-02' }])
  expect(await reservations.ask(s.kernel, contextOf({ principal: clerk }), { item: 'KEPT' })).toMatchObject([
    { source_id: order, quantity: '10', location: 'B-01', freed_by: expect.stringContaining('cancel') },
  ])
  const answer = await move([{ item: 'KEPT', quantity: '4', from: 'B-01', to: 'B-02' }], boss)
  expect(answer.result).toEqual({ taken: [expect.objectContaining({ source_id: order, quantity: '4' })] })
  expect(await s.where(item)).toEqual({ stock: '100/6' })
  await expect(move([{ item: 'KEPT', quantity: '101', from: 'B-02', to: 'B-01' }], boss)).rejects.toMatchObject({
    code: 'STOCK_SHORT',
  })
})

test('what a move refuses', async () => {
  await s.item('MV')
  await s.item('MVLOT', { tracking: 'lot' })
  const table = [
    [{ item: 'MV', quantity: '0', from: 'B-01', to: 'B-02' }, 'NOT_POSITIVE'],
    [{ item: 'MV', quantity: '1', from: 'B-01', to: 'B-01' }, 'SAME_PLACE'],
    [{ item: 'MV', quantity: '1', from: 'B-01', to: 'Z-99' }, 'LOCATION_UNKNOWN'],
    [{ item: 'MV', quantity: '1', from: 'B-01', to: 'B-02' }, 'STOCK_SHORT'],
    [{ item: 'NOPE', quantity: '1', from: 'B-01', to: 'B-02' }, 'ITEM_UNKNOWN'],
    [{ item: 'MVLOT', quantity: '1', from: 'B-01', to: 'B-02', lot: 'X' }, 'LOT_UNKNOWN'],
  ] as const
  for (const [line, code] of table) await expect(move([line])).rejects.toMatchObject({ code })
})

test('a blocked location promises nothing, and closes only when it is empty', async () => {
  const item = await s.item('BLK')
  const [place = ''] = (await create.run(s.kernel, contextOf(), { input: [{ warehouse: 'W1', code: 'B-03' }] })).ids
  await s.stock('W1', 'BLK', '5', '10', { location: place })
  await s.run(block, [place], {}, { reason: 'shelf is broken' })
  await s.order('W1', [{ item: 'BLK', quantity: '5' }])
  expect(await s.where(item)).toEqual({ stock: '5/0' })
  await expect(s.run(close, [place], {}, { reason: 'gone' })).rejects.toMatchObject({ code: 'LOCATION_NOT_EMPTY' })
  await s.run(unblock, [place])
  await s.order('W1', [{ item: 'BLK', quantity: '2' }])
  expect(await s.where(item)).toEqual({ stock: '5/2' })
  await expect(create.run(s.kernel, contextOf(), { input: [{ warehouse: 'W1', code: 'B-03' }] })).rejects.toMatchObject(
    { code: 'LOCATION_EXISTS' },
  )
})
