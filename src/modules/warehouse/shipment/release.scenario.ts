// Scenario: an order is sent to the warehouse to be picked; some warehouses promise stock to it only then.
import { beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf } from '../../../../tests/support/world.ts'
import { release } from './release.ts'
import { ship } from './ship.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await s.admin.query(`update company.warehouse set reserve_at = 'release' where code = 'W2'`)
})
const reserved = (order: string) =>
  s.value<string>(`select coalesce(sum(quantity), 0)::float::text from inventory.reservation where source_id = $1`, [
    order,
  ])
const promised = (order: string) =>
  s.value<string>(
    `select reason from sales.promise p join sales.order_line l on l.id = p.order_line_id where l.order_id = $1 order by p.at desc, p.id desc limit 1`,
    [order],
  )
const lists = (order: string) =>
  s.value<number>('select count(*)::int from warehouse.shipment where order_id = $1', [order])

describe('INV-03: a warehouse that reserves at release', () => {
  test('a confirmed order holds nothing, so that whoever is released first is served first', async () => {
    const item = await s.item('LATE')
    await s.stock('W2', 'LATE', '10')
    const [early, quick] = [
      await s.order('W2', [{ item: 'LATE', quantity: '8' }]),
      await s.order('W2', [{ item: 'LATE', quantity: '7' }]),
    ]
    expect([await reserved(early), await reserved(quick)]).toEqual(['0', '0'])
    const list = await s.release(quick)
    expect([await reserved(early), await reserved(quick), await promised(quick)]).toEqual([
      '0',
      '7',
      'reserved at release',
    ])
    expect(await s.where(item)).toEqual({ stock: '10/7' })
    // The other gets what is left, and the rest of it waits for the next release.
    const partly = await s.release(early)
    expect(await reserved(early)).toBe('3')
    await s.run(ship, [list])
    await s.run(ship, [partly])
    expect(await s.where(item)).toEqual({})
    await expect(s.release(early)).rejects.toMatchObject({ code: 'NOTHING_TO_SHIP' })
    await s.stock('W2', 'LATE', '5')
    expect(await reserved(early)).toBe('0')
    await s.run(ship, [await s.release(early)])
    await expect(s.release(early)).rejects.toMatchObject({ code: 'NOTHING_TO_SHIP' })
  })

  test('orders of both kinds of warehouses are released in one call', async () => {
    await s.item('BOTH')
    await s.stock('W1', 'BOTH', '5')
    await s.stock('W2', 'BOTH', '5')
    const orders = [
      await s.order('W1', [{ item: 'BOTH', quantity: '2' }]),
      await s.order('W2', [{ item: 'BOTH', quantity: '3' }]),
    ]
    expect(await Promise.all(orders.map(reserved))).toEqual(['2', '0'])
    await release.run(s.kernel, contextOf(), { input: orders.map((order) => ({ order })) })
    expect(await Promise.all(orders.map(reserved))).toEqual(['2', '3'])
    expect(await Promise.all(orders.map(lists))).toEqual([1, 1])
  })

  test('a rule of the order is asked after the promise, and what it refuses has promised nothing', async () => {
    await s.item('ALL')
    await s.stock('W2', 'ALL', '4')
    const order = await s.order('W2', [{ item: 'ALL', quantity: '6' }])
    await s.admin.query(`update sales.orders set backorder_rule = 'COMPLETE' where id = $1`, [order])
    await expect(s.release(order)).rejects.toMatchObject({ code: 'HELD_BY_RULE' })
    expect([await reserved(order), await lists(order)]).toEqual(['0', 0])
    await s.stock('W2', 'ALL', '2')
    await s.release(order)
    expect([await reserved(order), await lists(order)]).toEqual(['6', 1])
  })

  test('an order that is not confirmed is refused', async () => {
    const order = await s.order('W2', [{ item: 'ALL', quantity: '1' }])
    await s.admin.query(`update sales.orders set state = 'on_hold' where id = $1`, [order])
    await expect(s.release(order)).rejects.toMatchObject({ code: 'ORDER_NOT_RELEASED' })
    expect(await lists(order)).toBe(0)
  })
})
