// Scenario: a wrong condition is withdrawn at once, and its place is free again.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('PRC-13: gives no price any more, and another may be written in its place', async () => {
  const wrong = { kind: 'customer', customer: 'C1', item: 'P1', currency: 'USD', method: 'price', amount: '2' }
  const { ids } = await desk.create('pricing.condition.add', [wrong])
  expect(await desk.price('P1')).toBe('2')
  await expect(desk.use('pricing.condition.withdraw', ids)).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  await desk.use('pricing.condition.withdraw', ids, {}, { reason: 'typed 2 for 20' })
  expect(await desk.price('P1')).toBe(null)
  await desk.create('pricing.condition.add', [{ ...wrong, amount: '20' }])
  expect(await desk.price('P1')).toBe('20')
  await expect(desk.use('pricing.condition.withdraw', ids, {}, { reason: 'again' })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})
