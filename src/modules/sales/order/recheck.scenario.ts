// Checking a held order again: it goes on when the cause is gone, and stays when it is not.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { recheck } from './recheck.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
})

test('CRD-03: held on credit, paid, checked again', async () => {
  const c1 = await s.customer('C1', { limit: '100' })
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await s.run(recheck, CLERK, { ids: [id], input: {} })
  expect(await s.stateOf(id)).toBe('on_hold')
  await s.admin.query('update credit.account set credit_limit = 500 where id = $1', [c1])
  await s.run(recheck, CLERK, { ids: [id], input: {} })
  expect(await s.stateOf(id)).toBe('confirmed')
  expect(await s.reservedFor(id)).toBe('10')
  expect(await s.openHolds(id)).toBe('')
  await s.sound()
})

test('an order that nothing holds: WRONG_STATE', async () => {
  await s.customer('C2')
  const id = await s.confirmed('C2', [{ item: 'P1', quantity: '1' }])
  expect(await refusal(s.run(recheck, CLERK, { ids: [id], input: {} }))).toBe('WRONG_STATE')
})
