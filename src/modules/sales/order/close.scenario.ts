// Closing: an order that is done ends; one with a rest ends only with a reason for the rest.
import { beforeAll, expect, test } from 'vitest'
import { MANAGER, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { close } from './close.ts'

let s: Shop
let c1: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
  c1 = await s.customer('C1')
})

test('ORD-18: with a reason the rest is cancelled and given back; without one: STILL_OPEN', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await s.ship(id, '7')
  expect(await refusal(s.run(close, MANAGER, { ids: [id], input: {} }))).toBe('STILL_OPEN')
  expect(await s.reservedFor(id)).toBe('3')
  await s.run(close, MANAGER, { ids: [id], input: {} }, { reason: 'customer takes no rest' })
  expect(await s.one('select state, closed_reason, total::text from sales.orders where id = $1', [id])).toEqual({
    state: 'closed',
    closed_reason: 'customer takes no rest',
    total: '154.00',
  })
  expect([await s.reservedFor(id), (await s.exposure(c1)).open_orders]).toEqual(['0', '0'])
  await s.sound()
})

test('complete, it closes without a word', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '2' }])
  await s.ship(id, '2')
  await s.run(close, MANAGER, { ids: [id], input: {} })
  expect(await s.one('select state, closed_reason from sales.orders where id = $1', [id])).toEqual({
    state: 'closed',
    closed_reason: 'complete',
  })
})
