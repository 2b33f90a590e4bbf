// The warehouse's questions, its listeners, and stock below nothing where a waiver allows it.
import { beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import type { Listener } from '#kernel/module'
import { verify } from '#kernel/verify'
import costing from '../../../src/modules/costing/module.ts'
import { draft } from '../../../src/modules/inventory/adjustment/draft.ts'
import { post } from '../../../src/modules/inventory/adjustment/post.ts'
import inventory from '../../../src/modules/inventory/module.ts'
import { record } from '../../../src/modules/inventory/move/record.ts'
import { negative } from '../../../src/modules/inventory/negative.ts'
import { cancel } from '../../../src/modules/sales/order/cancel.ts'
import { exceptions } from '../../../src/modules/warehouse/exceptions.ts'
import warehouse from '../../../src/modules/warehouse/module.ts'
import { picks } from '../../../src/modules/warehouse/picks.ts'
import { promised } from '../../../src/modules/warehouse/promised.ts'
import { pick } from '../../../src/modules/warehouse/shipment/pick.ts'
import { shipmentsDue } from '../../../src/modules/warehouse/shipments-due.ts'
import { ALPHA, contextOf, person } from '../../support/world.ts'
import { openShop, type Shop } from './shop.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
})

/** Tells a listener what happened, as the relay does. */
const tell = (listener: Listener | undefined, topic: string, documentId: string) =>
  transaction(s.kernel.pool, { companies: [ALPHA] }, async (tx) => {
    await listener?.({
      tx,
      kernel: s.kernel,
      context: contextOf(),
      event: { topic, companyId: ALPHA, documentId, payload: {}, at: contextOf().now },
    })
  })

test('WMS-05: the queue is told in walking order, and only for the warehouses that one may see', async () => {
  await s.item('WALK-1')
  await s.item('WALK-2')
  const bin = (code: string, sequence: number) =>
    s.value<string>(
      `insert into inventory.location (company_id, id, warehouse_id, code, name, kind, pick_sequence) values (1, gen_random_uuid(), $1, $2, $2, 'stock', $3) returning id`,
      [s.warehouses.W1, code, sequence],
    )
  await s.stock('W1', 'WALK-1', '5', '10', { location: await bin('Z-9', 90) })
  await s.stock('W1', 'WALK-2', '5', '10', { location: await bin('A-1', 10) })
  const order = await s.order('W1', [
    { item: 'WALK-1', quantity: '2' },
    { item: 'WALK-2', quantity: '2' },
  ])
  const list = await s.release(order)
  expect(await picks.ask(s.kernel, contextOf(), { warehouse: 'W1' })).toMatchObject([
    { location: 'A-1', item: 'WALK-2', quantity: '2', shipment_id: list },
    { location: 'Z-9', item: 'WALK-1', quantity: '2' },
  ])
  const elsewhere = person('Elsewhere', ['warehouse.shipment.read'], { warehouseId: s.warehouses.W2 })
  expect(await picks.ask(s.kernel, contextOf({ principal: elsewhere }), {})).toEqual([])
  expect(await shipmentsDue.ask(s.kernel, contextOf({ today: '2026-03-20' }), {})).toMatchObject([
    { shipment_id: list, state: 'released', lines: 2 },
  ])
  expect(await promised.ask(s.kernel, contextOf(), { item: 'WALK-1' })).toMatchObject([
    { order_id: order, customer: 'C1', quantity: '2', freed_by: expect.stringContaining('cancel it') },
  ])
})

test('ORD-18 T-Q2C-07: an order cancelled while its list was being picked leaves nothing to ship and goods to put back', async () => {
  const item = await s.item('LATE')
  await s.stock('W1', 'LATE', '10')
  const order = await s.order('W1', [{ item: 'LATE', quantity: '6' }])
  const list = await s.release(order)
  await s.run(pick, [list], { partial: true, lines: [{ line: 1, picked: '4' }] })
  await s.run(cancel, [order], {}, { reason: 'customer called' })
  const listener = warehouse.on['sales.order.cancel']
  await tell(listener, 'sales.order.cancel', order)
  await tell(listener, 'sales.order.cancel', order)
  expect(await s.value('select state from warehouse.shipment where id = $1', [list])).toBe('cancelled')
  expect(await s.where(item)).toEqual({ pack: '4/0', stock: '6/0' })
  expect(await exceptions.ask(s.kernel, contextOf(), { warehouse: 'W1' })).toMatchObject([
    { kind: 'put-back', item: 'LATE', quantity: '4' },
  ])
})

test('missing goods are looked for until their difference is posted', async () => {
  await s.item('SOUGHT')
  await s.stock('W1', 'SOUGHT', '3')
  const list = await s.release(await s.order('W1', [{ item: 'SOUGHT', quantity: '3' }]))
  await s.run(pick, [list], { lines: [{ line: 1, picked: '2', reason: 'one is missing' }] })
  const searches = async () =>
    (await exceptions.ask<{ kind: string; item: string }>(s.kernel, contextOf(), {}))
      .filter((one) => one.item === 'SOUGHT')
      .map((one) => one.kind)
  expect(await searches()).toEqual(['shortage'])
  await s.admin.query(
    `update company.company set settings = settings || '{"count_tolerance_percent": 100}' where id = 1`,
  )
  const { ids } = await draft.run(s.kernel, contextOf(), {
    input: [{ warehouse: 'W1', reason: 'COUNT', lines: [{ item: 'SOUGHT', quantity: '-1', location: 'QUARANTINE' }] }],
  })
  await s.run(post, ids)
  await tell(warehouse.on['inventory.adjustment.post'], 'inventory.adjustment.post', ids[0] ?? '')
  expect(await searches()).toEqual([])
})

test('INV-13: stock goes below nothing only where a waiver says so, and is listed with its age until it is covered', async () => {
  const item = await s.item('WAIVED')
  await s.stock('W2', 'WAIVED', '2')
  const take = (today: string) =>
    record.run(s.kernel, contextOf({ today }), {
      input: [{ warehouse: 'W2', lines: [{ item: 'WAIVED', quantity: '3', from: 'STOCK', to: 'DOCK' }] }],
    })
  await expect(take('2026-03-02')).rejects.toMatchObject({ code: 'STOCK_SHORT', detail: { possible: '2' } })
  await s.admin.query(`update company.warehouse set allow_negative = true where code = 'W2'`)
  await take('2026-03-02')
  expect(await negative.ask(s.kernel, contextOf({ today: '2026-03-05' }), {})).toMatchObject([
    { item: 'WAIVED', on_hand: '-1', days: 3 },
  ])
  await s.admin.query(`update company.warehouse set allow_negative = false where code = 'W2'`)
  await expect(take('2026-03-03')).rejects.toMatchObject({ code: 'STOCK_SHORT' })
  await s.stock('W2', 'WAIVED', '4', '12')
  expect([await negative.ask(s.kernel, contextOf(), {}), await s.where(item)]).toEqual([
    [],
    { dock: '3/0', stock: '3/0' },
  ])
  expect(
    (
      await verify(s.kernel.pool, [1], [...inventory.invariants, ...costing.invariants, ...warehouse.invariants])
    ).checks.filter((one) => !one.ok),
  ).toEqual([])
})

test('a new warehouse gets its places once, however often it is told', async () => {
  const id = await s.value<string>(
    `insert into company.warehouse (company_id, id, code, name) values (1, gen_random_uuid(), 'W7', 'Seven') returning id`,
  )
  await tell(inventory.on['company.warehouse.create'], 'company.warehouse.create', id)
  await tell(inventory.on['company.warehouse.create'], 'company.warehouse.create', id)
  expect(
    await s.value(`select string_agg(kind, ' ' order by kind) from inventory.location where warehouse_id = $1`, [id]),
  ).toBe('dock pack quarantine stock')
})
