// Scenario: a list is withdrawn when nobody buys from it any more, and its prices no longer count.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('needs a reason, refuses a list in use, and takes no new prices afterwards', async () => {
  const { ids } = await desk.create('pricing.list.create', [
    { code: 'USED', name: 'Used', currency: 'USD', groups: ['TRADE'] },
    { code: 'FREE', name: 'Free', currency: 'USD' },
  ])
  const [used = '', free = ''] = ids
  await expect(desk.use('pricing.list.withdraw', [free])).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  await expect(desk.use('pricing.list.withdraw', [used], {}, { reason: 'old' })).rejects.toMatchObject({
    code: 'PRICE_LIST_IN_USE',
    detail: { list: 'USED', groups: 'TRADE' },
  })
  await desk.use('pricing.list.withdraw', [free], {}, { reason: 'old' })
  const late = { kind: 'list', list: 'FREE', item: 'P1', currency: 'USD', method: 'price', amount: '20' }
  await expect(desk.create('pricing.condition.add', [late])).rejects.toMatchObject({ code: 'CONDITION_LIST' })
})
