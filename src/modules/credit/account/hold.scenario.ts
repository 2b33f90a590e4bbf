// Scenario: the officer stops a customer, and the decision is kept with its figures.
import { expect, it } from 'vitest'
import { officer, openDepartment, seller } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()
const { C1 } = credits.shop.customers

it('CRD-05, CRD-08: holds with cause, reason and person; a second cause stands beside the first', async () => {
  await credits.admin.query(`update credit.account set receivable = 70 where code = 'C1'`)
  await credits.work('credit.account.hold', [C1])
  await credits.work('credit.account.hold', [C1], { cause: 'returned-payment' })
  const { holds } = await credits.account('C1')
  expect(holds).toMatchObject({
    manual: { reason: 'reviewed', by: officer.id },
    'returned-payment': { reason: 'reviewed' },
  })
  expect(await credits.ask('credit.decisions', { customer: 'C1', outcome: 'hold' })).toMatchObject([
    { rule: 'hold:returned-payment/1', checkpoint: 'manual', actor_id: officer.id },
    { rule: 'hold:manual/1', reason: 'reviewed', exposure: { receivable: '70', exposure: '70' } },
  ])
})

it('is not for sales, and needs a reason', async () => {
  await expect(credits.use('credit.account.hold', [C1], {}, { principal: seller, reason: 'x' })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
  await expect(credits.use('credit.account.hold', [C1], {}, { principal: officer })).rejects.toMatchObject({
    code: 'REASON_NEEDED',
  })
})
