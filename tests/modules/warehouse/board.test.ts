// The board and what a handheld keeps: where every order and shipment stands, and which codes its goods answer to.
import { beforeAll, expect, test } from 'vitest'
import { board } from '../../../src/modules/warehouse/board.ts'
import { receive } from '../../../src/modules/warehouse/receipt/receive.ts'
import { scanItem, scanLines } from '../../../src/modules/warehouse/scanning.ts'
import { pick } from '../../../src/modules/warehouse/shipment/pick.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { contextOf, person } from '../../support/world.ts'
import { openShop, type Shop } from './shop.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

const stages = async (order: string) =>
  (await board.ask<{ stage: string; order_id: string; lines: number; open: number }>(s.kernel, contextOf(), {}))
    .filter((row) => row.order_id === order)
    .map((row) => [row.stage, row.lines, row.open])

test('WMS-05: an order goes over the board from waiting to shipped, and what is left of it waits again', async () => {
  await s.item('BOARD')
  await s.stock('W1', 'BOARD', '50')
  const order = await s.order('W1', [{ item: 'BOARD', quantity: '5' }])
  expect(await stages(order)).toEqual([['waiting', 1, 0]])
  const list = await s.release(order)
  expect(await stages(order)).toEqual([['released', 1, 1]])
  const steps = await s.value<number>('select steps from warehouse.shipment where id = $1', [list])
  await s.run(pick, [list])
  if (steps === 2) {
    expect(await stages(order)).toEqual([['picked', 1, 0]])
    await s.run(ship, [list])
    expect(await stages(order)).toEqual([['shipped', 1, 0]])
  }
  const elsewhere = person('Elsewhere', ['warehouse.shipment.read'], { warehouseId: s.warehouses.W2 })
  expect(await board.ask(s.kernel, contextOf({ principal: elsewhere }), {})).toEqual([])
})

test('a handheld learns the codes of the goods; a code is found in every form of a GTIN', async () => {
  const item = await s.item('CODED')
  await s.admin.query(
    `insert into catalog.cross_reference (id, scope, code, item_id) values (gen_random_uuid(), 'gtin', '4006381333931', $1)`,
    [item],
  )
  await s.stock('W1', 'CODED', '5')
  const list = await s.release(await s.order('W1', [{ item: 'CODED', quantity: '2' }]))
  const lines = await scanLines.ask<{ shipment_id: string; codes: string[] }>(s.kernel, contextOf(), {})
  expect(lines.filter((one) => one.shipment_id === list)).toMatchObject([
    { item: 'CODED', quantity: '2', picked: '0', codes: ['4006381333931'] },
  ])
  for (const code of ['CODED', 'coded', '4006381333931', '04006381333931'])
    expect(await scanItem.ask(s.kernel, contextOf(), { code }), code).toMatchObject([{ item: 'CODED', unit: 'EA' }])
  expect(await scanItem.ask(s.kernel, contextOf(), { code: 'nothing' })).toEqual([])
})

test('goods that are counted in without a cost are worth what the stock is worth, else the standard', async () => {
  await s.item('NOCOST', { cost: '7' })
  const cost = async (lines: readonly object[]) => {
    const { ids } = await receive.run(s.kernel, contextOf(), { input: [{ warehouse: 'W1', lines }] })
    return await s.value<string>(
      'select trim_scale(unit_cost)::text from warehouse.receipt_line where receipt_id = $1',
      [ids[0]],
    )
  }
  expect(await cost([{ item: 'NOCOST', quantity: '1' }])).toBe('7')
  await cost([{ item: 'NOCOST', quantity: '1', unitCost: '9' }])
  expect(await cost([{ item: 'NOCOST', quantity: '3' }])).toBe('8')
})
