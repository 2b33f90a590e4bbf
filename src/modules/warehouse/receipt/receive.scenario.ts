// Goods in: received at once or drafted first, with lots, in their place, and what is refused at the door.
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf } from '../../../../tests/support/world.ts'
import { cancel } from './cancel.ts'
import { post } from './post.ts'
import { draft, receive } from './receive.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

const one = (line: object) => ({ input: [{ warehouse: 'W2', lines: [line] }] })

test('WMS-03: a drafted receipt changes nothing until it is posted; posted, it is stock, value and debt to the supplier', async () => {
  const item = await s.item('DRAFTED')
  const { ids } = await draft.run(s.kernel, contextOf(), one({ item: 'DRAFTED', quantity: '12', unitCost: '2.50' }))
  expect([await s.where(item), await s.account('2110')]).toEqual([{}, '0'])
  await s.run(post, ids)
  expect([await s.where(item), await s.account('2110'), await s.account('1200')]).toEqual([
    { stock: '12/0' },
    '-30',
    '30',
  ])
  await expect(s.run(cancel, ids, {}, { reason: 'too late' })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  const other = await draft.run(s.kernel, contextOf(), one({ item: 'DRAFTED', quantity: '1', unitCost: '1' }))
  await s.run(cancel, other.ids, {}, { reason: 'it was the neighbour’s parcel' })
})

test('T-INV-S6: 3,140 less 3,106.40 is exactly 33.60', async () => {
  const item = await s.item('CABLE')
  await s.admin.query(`update catalog.item set base_unit = 'KG', sales_unit = 'KG' where id = $1`, [item])
  await s.admin.query(`update catalog.item_unit set unit = 'KG' where item_id = $1 and unit = 'EA'`, [item])
  await s.stock('W2', 'CABLE', '3140')
  await s.order('W2', [{ item: 'CABLE', quantity: '3106.40' }])
  await s.order('W2', [{ item: 'CABLE', quantity: '33.60' }])
  expect(await s.where(item)).toEqual({ stock: '3140/3140' })
})

test('what is refused at the door', async () => {
  await s.item('DOOR')
  await s.item('WORK', { kind: 'service' })
  await s.item('DOORLOT', { tracking: 'lot' })
  const table = [
    [one({ item: 'DOOR', quantity: '0', unitCost: '1' }), 'RECEIPT_NOTHING'],
    [one({ item: 'DOOR', quantity: '1', unitCost: '1', location: newId() }), 'NO_PLACE'],
    [one({ item: 'WORK', quantity: '1', unitCost: '1' }), 'NOT_STOCKED'],
    [one({ item: 'DOORLOT', quantity: '1', unitCost: '1' }), 'LOT_NEEDED'],
    [one({ item: newId(), quantity: '1', unitCost: '1' }), 'UNKNOWN_CODE'],
    [one({ item: 'NOBODY', quantity: '1', unitCost: '1' }), 'ITEM_UNKNOWN'],
  ] as const
  for (const [request, code] of table)
    await expect(receive.run(s.kernel, contextOf(), request)).rejects.toMatchObject({ code })
})
