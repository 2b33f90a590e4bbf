// Scenario: one cause is lifted, the other stands.
import { expect, it } from 'vitest'
import { openDepartment, seller } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()
const { C1, C2 } = credits.shop.customers

it('CRD-06, CRD-08: lifts its cause only and keeps who lifted it and why', async () => {
  await credits.work('credit.account.hold', [C1])
  await credits.work('credit.account.hold', [C1, C2], { cause: 'broken-promise' })
  await credits.work('credit.account.unhold', [C1])
  expect(Object.keys((await credits.account('C1')).holds as object)).toEqual(['broken-promise'])
  expect(await credits.ask('credit.decisions', { customer: C1, outcome: 'released' })).toMatchObject([
    { rule: 'hold:manual/1', reason: 'reviewed' },
  ])
  await expect(credits.work('credit.account.unhold', [C1, C2])).rejects.toMatchObject({
    code: 'CREDIT_HOLD_ABSENT',
    detail: { account: 'C1', holds: 'broken-promise' },
  })
  await expect(
    credits.use('credit.account.unhold', [C1], {}, { principal: seller, reason: 'he is nice' }),
  ).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
})
