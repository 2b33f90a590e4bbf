// Re-pricing: a confirmed order keeps its price until somebody who may asks for today's.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, MANAGER, person, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { change } from './change.ts'
import { reprice } from './reprice.ts'

let s: Shop
let p1: string
let c1: string

beforeAll(async () => {
  s = await shop()
  p1 = await s.item('P1')
  await s.stock(p1, '100')
  c1 = await s.customer('C1', { limit: '300' })
})

test('T-PRC-10 PRC-12: the list goes up, the line stays, until it is re-priced; credit looks again', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await s.admin.query('update pricing.condition set amount = 25 where object_id = $1', [p1])
  await s.run(change, CLERK, { ids: [id], input: { note: 'ring first' } })
  expect((await s.one<{ net: string }>('select net::text from sales.orders where id = $1', [id])).net).toBe('200.00')
  expect(await refusal(s.run(reprice, person('Clerk without', ['sales.order.change']), { ids: [id], input: {} }))).toBe(
    'NOT_ALLOWED',
  )
  expect((await s.run(reprice, MANAGER, { ids: [id], input: {} })).states).toEqual({ [id]: 'confirmed' })
  expect([(await s.exposure(c1)).open_orders, await s.reservedFor(id)]).toEqual(['275', '10'])
  await s.admin.query('update pricing.condition set amount = 40 where object_id = $1', [p1])
  expect((await s.run(reprice, MANAGER, { ids: [id], input: {} })).states).toEqual({ [id]: 'on_hold' })
  expect([await s.openHolds(id), await s.reservedFor(id)]).toEqual(['credit', '0'])
  await s.sound()
})

test('a held order that was never confirmed is a draft again at the price of the rules', async () => {
  await s.customer('C2')
  const id = await s.confirmed('C2', [{ item: 'P1', quantity: '1', price: '10', reason: 'OLD-PRICE-HONOURED' }])
  expect(await s.openHolds(id)).toBe('margin price')
  await s.run(reprice, CLERK, { ids: [id], input: {} })
  expect([await s.stateOf(id), await s.openHolds(id)]).toEqual(['draft', ''])
  expect(
    await s.one('select trim_scale(price)::text as price, price_reason from sales.order_line where order_id = $1', [
      id,
    ]),
  ).toEqual({ price: '40', price_reason: null })
  await s.sound()
})

test('a price that is gone: PRICE_MISSING', async () => {
  await s.customer('C3')
  const p2 = await s.item('P2')
  const id = await s.order('C3', [{ item: 'P2', quantity: '1' }])
  await s.admin.query('delete from pricing.condition where object_id = $1', [p2])
  expect(await refusal(s.run(reprice, CLERK, { ids: [id], input: {} }))).toBe('PRICE_MISSING')
})
