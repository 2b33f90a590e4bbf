// Allocating by hand: a better customer is served before an earlier one, and nobody loses what he has.
import { beforeAll, expect, test } from 'vitest'
import { MANAGER, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { allocate } from './allocate.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.customer('SMALL', { class: 'small' })
  await s.customer('KEY', { class: 'key' })
})

test('T-AVL-03 C5: of two that wait, the key account gets the goods, whoever is named first', async () => {
  const p1 = await s.item('P1')
  const [small, key] = [
    await s.confirmed('SMALL', [{ item: 'P1', quantity: '8' }]),
    await s.confirmed('KEY', [{ item: 'P1', quantity: '10' }]),
  ]
  await s.stock(p1, '12')
  const answer = await s.run(allocate, MANAGER, { ids: [small, key], input: {} })
  expect([await s.reservedFor(small), await s.reservedFor(key)]).toEqual(['2', '10'])
  expect(answer.result).toMatchObject({
    reserved: [{ reserved: expect.any(String) }, { reserved: expect.any(String) }],
  })
  expect(await s.one('select promise::text from sales.order_line where order_id = $1', [key])).toEqual({
    promise: '2026-03-03',
  })
  await s.sound()
})

test('an order that needs nothing: NOTHING_TO_ALLOCATE', async () => {
  await s.stock(await s.item('P2'), '5')
  const id = await s.confirmed('KEY', [{ item: 'P2', quantity: '5' }])
  expect(await refusal(s.run(allocate, MANAGER, { ids: [id], input: {} }))).toBe('NOTHING_TO_ALLOCATE')
})

test('a warehouse that reserves by hand waits for the hand', async () => {
  await s.stock(await s.item('P3'), '5', 'W1')
  await s.admin.query(`update company.warehouse set reserve_at = 'manual' where code = 'W1'`)
  const id = await s.confirmed('KEY', [{ item: 'P3', quantity: '5' }], { warehouse: 'W1' })
  expect(await s.reservedFor(id)).toBe('0')
  await s.run(allocate, MANAGER, { ids: [id], input: {} })
  expect(await s.reservedFor(id)).toBe('5')
})
