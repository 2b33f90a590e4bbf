// Scenario: a limit is lowered with a reason.
import { expect, it } from 'vitest'
import { clerk, openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('PRC-06: changes with a reason, and never by the one whom it limits', async () => {
  const { ids } = await desk.create('pricing.discount-limit.create', [{ role: 'order-desk-clerk', percent: '5' }])
  await desk.use('pricing.discount-limit.change', ids, { percent: '3' }, { reason: 'margin is down' })
  expect((await desk.admin.query('select percent from pricing.discount_limit')).rows).toEqual([{ percent: '3' }])
  await expect(
    desk.use('pricing.discount-limit.change', ids, { percent: '50' }, { reason: 'mine', principal: clerk }),
  ).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(
    desk.use('pricing.discount-limit.change', ids, { percent: '100.5' }, { reason: 'typo' }),
  ).rejects.toMatchObject({ code: 'CONDITION_AMOUNT' })
})
