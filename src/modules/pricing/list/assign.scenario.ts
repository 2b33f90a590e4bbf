// Scenario: a group of customers moves to another list from one call to the next.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('gives the groups the list, whatever list they had, and withdraws a list only when nobody buys from it', async () => {
  const { ids } = await desk.create('pricing.list.create', [
    { code: 'OLD', name: 'Old', currency: 'USD', byDefault: true, groups: ['TRADE'] },
    { code: 'NEW', name: 'New', currency: 'USD' },
  ])
  const [old = '', fresh = ''] = ids
  await desk.create('pricing.condition.add', [
    { kind: 'list', list: 'OLD', item: 'P1', currency: 'USD', method: 'price', amount: '20' },
    { kind: 'list', list: 'NEW', item: 'P1', currency: 'USD', method: 'price', amount: '21' },
  ])
  await desk.use('pricing.list.assign', [fresh], { groups: ['TRADE'] })
  expect(await desk.price('P1', { customer: 'C1' })).toBe('21')
  expect(await desk.price('P1', { customer: 'C3' })).toBe('20')

  const reason = { reason: 'replaced by NEW' }
  await expect(desk.use('pricing.list.withdraw', [old], {}, reason)).rejects.toMatchObject({
    code: 'PRICE_LIST_IN_USE',
    detail: { groups: 'no group' },
  })
  await desk.use('pricing.list.assign', [fresh], { byDefault: true })
  await desk.use('pricing.list.withdraw', [old], {}, reason)
  expect(await desk.price('P1', { customer: 'C3' })).toBe('21')
  await expect(desk.use('pricing.list.assign', [old], { groups: ['TRADE'] })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})
