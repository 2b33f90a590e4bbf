// Scenario: pricing sets up the lists that customers buy from.
import { expect, it } from 'vitest'
import { clerk, openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('PRC-02: a list is created for the groups that buy from it, another for everybody else', async () => {
  const made = await desk.create('pricing.list.create', [
    { code: 'STANDARD', name: 'Standard 2026', currency: 'USD', byDefault: true },
    { code: 'TRADE', name: 'Trade', currency: 'USD', groups: ['TRADE'] },
  ])
  await desk.create('pricing.condition.add', [
    { kind: 'list', list: 'STANDARD', item: 'P1', currency: 'USD', method: 'price', amount: '20' },
    { kind: 'list', list: made.ids[1], item: 'P1', currency: 'USD', method: 'price', amount: '18' },
  ])
  expect(await desk.price('P1', { customer: 'C1' })).toBe('18')
  expect(await desk.price('P1', { customer: 'C3' })).toBe('20')
})

it.each([
  ['PRICE_LIST_CODE_TAKEN', { code: 'STANDARD', name: 'Again', currency: 'USD' }],
  ['UNKNOWN_CODE', { code: 'OTHER', name: 'Other', currency: 'XXX' }],
])('is refused with %s', async (code, input) => {
  await expect(desk.create('pricing.list.create', [input])).rejects.toMatchObject({ code })
})

it('is not for the order desk', async () => {
  await expect(
    desk.create('pricing.list.create', [{ code: 'MINE', name: 'Mine', currency: 'USD' }], { principal: clerk }),
  ).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
})
