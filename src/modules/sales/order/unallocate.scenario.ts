// Taking stock back by hand: from the latest need first, and not given back to the same order by itself.
import { beforeAll, expect, test } from 'vitest'
import { MANAGER, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { allocate } from './allocate.ts'
import { unallocate } from './unallocate.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.customer('C1')
})
const take = (ids: string[], input = {}) =>
  s.run(unallocate, MANAGER, { ids, input }, { reason: 'a machine stands still elsewhere' })

test('C6: the farthest need gives first, not the nearest', async () => {
  await s.stock(await s.item('P1'), '30')
  const near = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }], { requestedOn: '2026-03-05' })
  const far = await s.confirmed('C1', [{ item: 'P1', quantity: '20' }], { requestedOn: '2026-04-20' })
  await take([near, far], { item: 'P1', quantity: '15' })
  expect([await s.reservedFor(near), await s.reservedFor(far)]).toEqual(['10', '5'])
  await take([near, far], { item: 'P1', quantity: '8' })
  expect([await s.reservedFor(near), await s.reservedFor(far)]).toEqual(['7', '0'])
  await s.sound()
  // By rule it gets nothing back; by hand it does.
  await s.run(allocate, MANAGER, { ids: [far], input: { waiting: true } })
  expect(await s.reservedFor(far)).toBe('0')
  await s.run(allocate, MANAGER, { ids: [far], input: {} })
  expect(await s.reservedFor(far)).toBe('20')
  await s.sound()
})

test('nothing reserved: NOTHING_TO_ALLOCATE; no reason: REASON_NEEDED', async () => {
  await s.item('P2')
  const id = await s.confirmed('C1', [{ item: 'P2', quantity: '1' }])
  expect(await refusal(take([id]))).toBe('NOTHING_TO_ALLOCATE')
  expect(await refusal(s.run(unallocate, MANAGER, { ids: [id], input: {} }))).toBe('REASON_NEEDED')
})
