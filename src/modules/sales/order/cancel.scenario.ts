// Cancelling: everything an order held goes back; what has left stays shipped and the order is closed.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { cancel } from './cancel.ts'
import { confirm } from './confirm.ts'
import { reopen } from './reopen.ts'
import { revise } from './revise.ts'

let s: Shop
let c1: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
  c1 = await s.customer('C1')
})
const drop = (id: string) => s.run(cancel, CLERK, { ids: [id], input: {} }, { reason: 'CUSTOMER-CHANGED-MIND' })

test('T-Q2C-07 ORD-18: stock, credit and promise go back, and the history of the promise says why', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await drop(id)
  expect([await s.stateOf(id), await s.reservedFor(id), (await s.exposure(c1)).open_orders]).toEqual([
    'cancelled',
    '0',
    '0',
  ])
  expect(
    (
      await s.admin.query(
        'select p.promise::text, p.reason from sales.promise p join sales.order_line l on l.id = p.order_line_id where l.order_id = $1 order by p.position',
        [id],
      )
    ).rows,
  ).toEqual([
    { promise: '2026-03-03', reason: 'confirmed' },
    { promise: null, reason: 'cancelled' },
  ])
  expect(await s.one('select closed_reason from sales.orders where id = $1', [id])).toEqual({
    closed_reason: 'CUSTOMER-CHANGED-MIND',
  })
  await s.sound()
})

test('T-Q2C-08 C17: one confirmed and cancelled, taken up again as two: demand is exactly two', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '1' }])
  await drop(id)
  await s.run(reopen, CLERK, { ids: [id], input: {} }, { reason: 'after all' })
  expect(await s.stateOf(id)).toBe('draft')
  await s.run(revise, CLERK, { ids: [id], input: { lines: [{ item: 'P1', quantity: '2' }] } })
  await s.run(confirm, CLERK, { ids: [id], input: {} })
  expect([await s.reservedFor(id), (await s.exposure(c1)).open_orders]).toEqual(['2', '44'])
  await s.sound()
  await drop(id)
})

test('partly shipped it is closed, fully shipped there is nothing to cancel', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '20' }])
  await s.ship(id, '8')
  const answer = await drop(id)
  expect(answer.states).toEqual({ [id]: 'closed' })
  expect(await s.exposure(c1)).toEqual({ open_orders: '0', unbilled: '176' })
  const all = await s.confirmed('C1', [{ item: 'P1', quantity: '3' }])
  await s.ship(all, '3')
  expect(await refusal(drop(all))).toBe('ALREADY_SHIPPED')
  await s.sound()
})

test('a held order is cancelled with its holds', async () => {
  await s.customer('C2', { limit: '0' })
  const id = await s.confirmed('C2', [{ item: 'P1', quantity: '1' }])
  await drop(id)
  expect([await s.stateOf(id), await s.openHolds(id)]).toEqual(['cancelled', ''])
  await s.sound()
})
