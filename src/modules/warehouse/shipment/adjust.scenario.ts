// Orders change while goods are on their way through the warehouse; the lists follow, and nothing is shipped that nobody wants.
import { beforeAll, expect, test } from 'vitest'
import { reserve, unreserve } from '#inventory'
import { sql, transaction } from '#kernel/db'
import { openShop, type Shop } from '../../../../tests/modules/warehouse/shop.ts'
import { contextOf } from '../../../../tests/support/world.ts'
import { adjust } from './adjust.ts'
import { cancel } from './cancel.ts'
import { pack } from './pack.ts'
import { pick } from './pick.ts'
import { putBack } from './put-back.ts'
import { release } from './release.ts'
import { ship } from './ship.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

/** What changing an order's line to `ordered` does to the line and its promise, without the sales module's own verb. */
async function changeTo(order: string, ordered: string): Promise<void> {
  const line = await s.value<string>('select id from sales.order_line where order_id = $1', [order])
  await s.admin.query('update sales.order_line set ordered = $2, quantity = $2 where id = $1', [line, ordered])
  const more = await s.value<string>(
    `select greatest(l.ordered - l.shipped - coalesce((select sum(quantity) from inventory.reservation r where r.source_line = l.id), 0), 0)::text from sales.order_line l where l.id = $1`,
    [line],
  )
  const call = { companyId: 1, today: '2026-03-02', now: contextOf().now }
  await transaction(s.kernel.pool, { companies: [1] }, async (tx) => {
    await unreserve({ tx, ...call }, sql`select ${line}::uuid as source_line, ${ordered}::numeric as keep`)
    await reserve(
      { tx, ...call },
      'sales.order',
      sql`select o.id as source_id, l.id as source_line, o.warehouse_id, l.item_id, ${more}::numeric as quantity, 1 as priority
      from sales.v_order o join sales.v_order_line l on l.order_id = o.id where l.id = ${line}::uuid`,
      'change',
    )
  })
}

test('T-Q2C-04: changed up before picking, the list grows with it', async () => {
  const item = await s.item('UP')
  await s.stock('W1', 'UP', '100')
  const order = await s.order('W1', [{ item: 'UP', quantity: '10' }])
  const list = await s.release(order)
  await changeTo(order, '15')
  expect((await s.run(adjust, [list])).states).toEqual({ [list]: 'released' })
  expect(await s.value('select quantity::text from warehouse.shipment_line where shipment_id = $1', [list])).toBe('15')
  await s.run(adjust, [list])
  expect(await s.value('select quantity::text from warehouse.shipment_line where shipment_id = $1', [list])).toBe('15')
  expect(await s.where(item)).toEqual({ stock: '100/15' })
})

test('T-Q2C-05: changed down in the middle of picking, four go on and two go back', async () => {
  const item = await s.item('DOWN')
  await s.stock('W1', 'DOWN', '100')
  const order = await s.order('W1', [{ item: 'DOWN', quantity: '10' }])
  const list = await s.release(order)
  await s.run(pick, [list], { partial: true, lines: [{ line: 1, picked: '6' }] })
  expect(await s.where(item)).toEqual({ stock: '94/4', pack: '6/6' })
  await changeTo(order, '4')
  // Nobody ships what is not wanted any more, even before the list was adjusted.
  await expect(s.run(pick, [list])).rejects.toMatchObject({ code: 'PROMISE_CHANGED' })
  expect((await s.run(adjust, [list])).states).toEqual({ [list]: 'picked' })
  expect(
    await s.value('select quantity::text from warehouse.put_back where shipment_id = $1 and done_at is null', [list]),
  ).toBe('2')
  expect(await s.where(item)).toEqual({ stock: '94/0', pack: '6/4' })
  await s.run(putBack, [list])
  await expect(s.run(putBack, [list])).rejects.toMatchObject({ code: 'NOTHING_TO_PUT_BACK' })
  await s.run(pack, [list])
  await s.run(ship, [list])
  expect(await s.where(item)).toEqual({ stock: '96/0' })
  expect(await s.value('select shipped::text from sales.order_line where order_id = $1', [order])).toBe('4')
})

test('T-Q2C-06: five, picked five, set to three, set to five: five are shipped, and none comes back', async () => {
  const item = await s.item('SEQ')
  await s.stock('W1', 'SEQ', '5')
  const order = await s.order('W1', [{ item: 'SEQ', quantity: '5' }])
  const list = await s.release(order)
  await s.run(pick, [list])
  await changeTo(order, '3')
  await s.run(adjust, [list])
  await s.run(putBack, [list])
  await changeTo(order, '5')
  await s.run(adjust, [list])
  const second = await s.release(order)
  await s.run(pick, [second])
  await s.run(pack, [list, second])
  await s.run(ship, [list, second])
  expect(await s.where(item)).toEqual({})
  expect(await s.value('select shipped::text from sales.order_line where order_id = $1', [order])).toBe('5')
})

test('T-Q2C-07: an order cancelled before picking leaves no list; one cancelled after leaves goods to put back', async () => {
  const item = await s.item('GONE')
  await s.stock('W1', 'GONE', '20')
  const [early, late] = [
    await s.order('W1', [{ item: 'GONE', quantity: '10' }]),
    await s.order('W1', [{ item: 'GONE', quantity: '10' }]),
  ]
  const lists = [await s.release(early), await s.release(late)] as const
  await s.run(pick, [lists[1]])
  const lines = await s.admin.query<{ id: string }>('select id from sales.order_line where order_id = any($1)', [
    [early, late],
  ])
  await transaction(s.kernel.pool, { companies: [1] }, (tx) =>
    unreserve(
      { tx, companyId: 1 },
      sql`select unnest(${lines.rows.map((row) => row.id)}::uuid[]) as source_line, 0::numeric as keep`,
    ),
  )
  const answer = await s.run(adjust, [...lists])
  expect(answer.states).toEqual({ [lists[0]]: 'cancelled', [lists[1]]: 'cancelled' })
  await s.run(putBack, [lists[1]])
  expect(await s.where(item)).toEqual({ stock: '20/0' })
})

test('a shipment cancelled by hand gives its goods back to their bins, still promised, and can be released again', async () => {
  const item = await s.item('BACK')
  await s.stock('W1', 'BACK', '8')
  const order = await s.order('W1', [{ item: 'BACK', quantity: '8' }])
  const list = await s.release(order)
  await s.run(pick, [list])
  await s.run(pack, [list])
  await expect(s.run(cancel, [list])).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  await s.run(cancel, [list], {}, { reason: 'the truck broke down' })
  expect(await s.where(item)).toEqual({ stock: '8/8' })
  const again = await s.release(order)
  await expect(release.run(s.kernel, contextOf(), { input: [{ order }] })).rejects.toMatchObject({
    code: 'NOTHING_TO_SHIP',
  })
  await s.run(pick, [again])
  await s.run(pack, [again])
  await s.run(ship, [again])
  expect(await s.where(item)).toEqual({})
})
