// Reopening: the rest is wanted again, but nobody gets past credit by closing and opening.
import { beforeAll, expect, test } from 'vitest'
import { MANAGER, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { close } from './close.ts'
import { reopen } from './reopen.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
})
const shut = (id: string) => s.run(close, MANAGER, { ids: [id], input: {} }, { reason: 'done' })
const open = (id: string) => s.run(reopen, MANAGER, { ids: [id], input: {} }, { reason: 'wanted after all' })

test('T-CRD-03 C34: closed, the room used by another order, opened again: held by credit', async () => {
  const c1 = await s.customer('C1', { limit: '300' })
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await shut(id)
  await s.confirmed('C1', [{ item: 'P1', quantity: '12' }])
  expect((await s.exposure(c1)).open_orders).toBe('264')
  expect((await open(id)).states).toEqual({ [id]: 'on_hold' })
  expect([await s.openHolds(id), await s.reservedFor(id), (await s.exposure(c1)).open_orders]).toEqual([
    'credit',
    '0',
    '264',
  ])
  await s.sound()
})

test('with room it is promised again', async () => {
  await s.customer('C2')
  const id = await s.confirmed('C2', [{ item: 'P1', quantity: '10' }])
  await s.ship(id, '4')
  await shut(id)
  expect((await open(id)).states).toEqual({ [id]: 'confirmed' })
  expect(await s.reservedFor(id)).toBe('6')
  await s.sound()
})

test('an order that is open: WRONG_STATE', async () => {
  await s.customer('C3')
  const id = await s.confirmed('C3', [{ item: 'P1', quantity: '10' }])
  expect(await refusal(open(id))).toBe('WRONG_STATE')
})
