// What orders do by themselves: goods come, money comes, a shipment leaves.
import { beforeAll, expect, test } from 'vitest'
import { SYSTEM } from '#kernel/context'
import { transaction } from '#kernel/db'
import sales from '../../../src/modules/sales/module.ts'
import { allocate } from '../../../src/modules/sales/order/allocate.ts'
import { cancel } from '../../../src/modules/sales/order/cancel.ts'
import { CLERK, contextOf, MANAGER, type Shop, shop } from './shop.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
})

/** Hands an event to whoever listens, as the relay does; twice, for listeners must stand that. */
async function tell(topic: string, documentId: string): Promise<void> {
  const listener = sales.on[topic]
  if (!listener) throw new Error(`nobody listens to ${topic}`)
  const context = contextOf({ principal: SYSTEM, channel: 'job' })
  for (let time = 0; time < 2; time++) {
    await transaction(s.kernel.pool, { companies: [1] }, (tx) =>
      listener({
        tx,
        kernel: s.kernel,
        context,
        event: { topic, companyId: 1, documentId, payload: {}, at: context.now },
      }),
    )
  }
}

test('T-AVL-03 ORD-11 C5: ten arrive, class key waits behind an earlier small one, and gets them', async () => {
  const p = await s.item('P1')
  await s.customer('B', { class: 'small' })
  await s.customer('A', { class: 'key' })
  const [b, a] = [
    await s.confirmed('B', [{ item: 'P1', quantity: '10' }]),
    await s.confirmed('A', [{ item: 'P1', quantity: '10' }]),
  ]
  expect(await s.one('select promise from sales.order_line where order_id = $1', [a])).toEqual({ promise: null })
  await tell('warehouse.receipt.receive', await s.stock(p, '10'))
  expect([await s.reservedFor(a), await s.reservedFor(b)]).toEqual(['10', '0'])
  expect(
    await s.one(
      'select l.promise::text, p.reason from sales.order_line l join sales.promise p on p.order_line_id = l.id where l.order_id = $1 order by p.position desc limit 1',
      [a],
    ),
  ).toEqual({ promise: '2026-03-03', reason: 'supply arrived' })
  expect(
    (await s.admin.query(`select from kernel.outbox where document_id = $1 and topic = 'sales.order.allocate'`, [a]))
      .rowCount,
  ).toBe(1)
  expect(
    (await s.admin.query(`select from kernel.outbox where document_id = $1 and topic = 'sales.order.allocate'`, [b]))
      .rowCount,
  ).toBe(0)
  await s.sound()
})

test('T-AVL-10: 120 ordered, 100 there, 50 come: 20 are reserved by themselves and 30 stay free', async () => {
  const p = await s.item('P2')
  await s.customer('C2')
  await s.stock(p, '100')
  const id = await s.confirmed('C2', [{ item: 'P2', quantity: '120' }])
  expect(await s.reservedFor(id)).toBe('100')
  await s.ship(id, '100')
  await tell('warehouse.receipt.post', await s.stock(p, '50'))
  expect(await s.reservedFor(id)).toBe('20')
  expect(await s.one('select on_hand::text, reserved::text from inventory.balance where item_id = $1', [p])).toEqual({
    on_hand: '50',
    reserved: '20',
  })
  expect(await s.one('select status from sales.v_order_progress where id = $1', [id])).toEqual({
    status: 'partially_shipped',
  })
  await s.sound()
})

test('T-AVL-08 ORD-10: the rule cancels what did not go: closed 100 of 120, with the rule as the reason', async () => {
  await s.stock(await s.item('P3'), '100')
  await s.customer('C3', { rule: 'CANCEL' })
  const id = await s.confirmed('C3', [{ item: 'P3', quantity: '120' }])
  await tell('warehouse.shipment.ship', await s.ship(id, '100'))
  expect(
    await s.one(
      'select o.state, o.closed_reason, l.cancelled::text from sales.orders o join sales.order_line l on l.order_id = o.id where o.id = $1',
      [id],
    ),
  ).toEqual({ state: 'closed', closed_reason: 'rest cancelled by rule CANCEL', cancelled: '20' })
  await s.sound()
})

test('T-AVL-06: the rule that backorders leaves the rest open', async () => {
  await s.stock(await s.item('P4'), '100')
  await s.customer('C4')
  const id = await s.confirmed('C4', [{ item: 'P4', quantity: '120' }])
  await tell('warehouse.shipment.ship', await s.ship(id, '100'))
  expect(
    await s.one(
      'select o.state, trim_scale(l.ordered - l.shipped - l.cancelled)::text as open from sales.orders o join sales.order_line l on l.order_id = o.id where o.id = $1',
      [id],
    ),
  ).toEqual({ state: 'confirmed', open: '20' })
})

test('an order that is cancelled gives its stock to the next that waits', async () => {
  await s.stock(await s.item('P5'), '10')
  await s.customer('C5')
  await s.customer('C6')
  const first = await s.confirmed('C5', [{ item: 'P5', quantity: '10' }])
  const second = await s.confirmed('C6', [{ item: 'P5', quantity: '10' }])
  await s.run(cancel, MANAGER, { ids: [first], input: {} }, { reason: 'x' })
  await tell('sales.order.cancel', first)
  expect(await s.reservedFor(second)).toBe('10')
  await s.sound()
})

test('T-CRD-07 CRD-03: a payment frees what only credit held, and nothing else', async () => {
  await s.stock(await s.item('P6'), '100')
  const [c7, c8] = [await s.customer('C7', { limit: '300' }), await s.customer('C8', { limit: '300' })]
  await s.admin.query('update credit.account set receivable = 250 where id = any($1)', [[c7, c8]])
  const [freed, still] = [
    await s.confirmed('C7', [{ item: 'P6', quantity: '10' }]),
    await s.confirmed('C8', [{ item: 'P6', quantity: '10' }]),
  ]
  expect([await s.openHolds(freed), await s.openHolds(still)]).toEqual(['credit', 'credit'])
  await s.admin.query('update credit.account set receivable = 0 where id = $1', [c7])
  await tell('receivables.payment.receive', c7)
  expect([await s.stateOf(freed), await s.reservedFor(freed), await s.stateOf(still)]).toEqual([
    'confirmed',
    '10',
    'on_hold',
  ])
  expect(await s.one('select release_reason from sales.hold where order_id = $1', [freed])).toEqual({
    release_reason: 'credit looked at again: receivables.payment.receive',
  })
  expect(
    (await s.admin.query(`select from kernel.outbox where document_id = $1 and topic = 'sales.order.recheck'`, [still]))
      .rowCount,
  ).toBe(0)
  await s.sound()
})

test('T-Q2C-15: the address is corrected, and the order goes on', async () => {
  await s.stock(await s.item('P7'), '100')
  const c9 = await s.customer('C9')
  await s.admin.query(
    `insert into party.ship_to (company_id, id, customer_id, code, name, country, state) values (1, gen_random_uuid(), $1, 'DOOR', 'Door', 'US', 'closed')`,
    [c9],
  )
  const id = await s.confirmed('C9', [{ item: 'P7', quantity: '10' }], { shipTo: 'DOOR' })
  await s.admin.query(`update party.ship_to set state = 'active' where customer_id = $1`, [c9])
  await tell('party.ship-to.reopen', c9)
  expect([await s.stateOf(id), await s.reservedFor(id)]).toEqual(['confirmed', '10'])
})

test('T-Q2C-11 T-Q2C-12 ORD-14: promised on what comes in, moved with it, and the first promise is kept', async () => {
  const p = await s.item('P8')
  await s.customer('CA')
  await s.customer('CB', { class: 'key' })
  await s.admin.query(
    `insert into inventory.expected (company_id, id, source, source_id, source_line, warehouse_id, item_id, quantity, due_on) values (1, gen_random_uuid(), 'purchase', gen_random_uuid(), gen_random_uuid(), $1, $2, 50, '2026-03-09')`,
    [s.warehouses.W2, p],
  )
  const id = await s.confirmed('CA', [{ item: 'P8', quantity: '10' }])
  const promise = () =>
    s.one('select first_promise::text as first, promise::text from sales.order_line where order_id = $1', [id])
  // Due on Monday 9 March, one day of transit.
  expect(await promise()).toEqual({ first: '2026-03-10', promise: '2026-03-10' })
  await s.admin.query(`update inventory.expected set due_on = '2026-03-14' where item_id = $1`, [p])
  await s.run(allocate, CLERK, { ids: [id], input: { waiting: true } })
  // Saturday 14 March: it is handled on Monday the 16th.
  expect(await promise()).toEqual({ first: '2026-03-10', promise: '2026-03-17' })
  // A key account asks for 45 of the 50: what is left after it does not cover the ten any more.
  await s.confirmed('CB', [{ item: 'P8', quantity: '45' }])
  await s.run(allocate, CLERK, { ids: [id], input: { waiting: true } })
  expect(await promise()).toEqual({ first: '2026-03-10', promise: null })
  const { terms } = await s.one<{ terms: Record<string, unknown> }>(
    'select terms from sales.promise p join sales.order_line l on l.id = p.order_line_id where l.order_id = $1 order by p.position desc limit 1',
    [id],
  )
  expect(terms).toMatchObject({ ahead: '45', open: '10', reserved: '0', transit_days: 1, handling_days: 0 })
  await s.sound()
})

test('ORD-08: the same content within two days, in any channel and unit, and about the same total', async () => {
  await s.stock(await s.item('P9'), '1000')
  await s.customer('CD')
  const line = (quantity: string, unit: string) => [{ item: 'P9', quantity, unit }]
  await s.confirmed('CD', line('2', 'BOX'))
  const same = await s.confirmed('CD', line('24', 'EA'), { channel: 'edi' })
  const near = await s.confirmed('CD', line('25', 'EA'), { channel: 'portal' })
  const far = await s.confirmed('CD', line('40', 'EA'))
  expect([await s.openHolds(same), await s.openHolds(near), await s.openHolds(far)]).toEqual([
    'duplicate',
    'duplicate',
    '',
  ])
  await s.sound()
})
