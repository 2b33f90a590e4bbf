// Scenario: a customer gets an account; it gives no credit before somebody decides so.
import { expect, it } from 'vitest'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { officer, openDepartment, seller } from '../../../../tests/modules/credit/officer.ts'
import { ALPHA, contextOf } from '../../../../tests/support/world.ts'
import credit from '../module.ts'

const credits = await openDepartment()
const { C1, C9 } = credits.shop.customers
const open = (id: string, principal = officer) => credits.create('credit.account.open', [{ id }], { principal })

it('CRD-01: opens with limit 0 in the currency of the customer, in the class that new customers get', async () => {
  expect(await credits.account('C1')).toMatchObject({
    id: C1,
    credit_limit: '0',
    currency: 'USD',
    risk_class: 'watch',
    max_overdue_days: 30,
  })
  await credits.admin.query(
    `update company.company set settings = '{"new-customer-class": "cash", "credit_risk_classes": {"cash": {"overdue_hold_days": 0}}}' where id = $1`,
    [ALPHA],
  )
  await open(C9)
  expect(await credits.account('C9')).toMatchObject({ credit_limit: '0', risk_class: 'cash', max_overdue_days: 0 })
})

it('an approved customer gets one by itself, once', async () => {
  await credits.admin.query('delete from credit.account where id = $1', [C9])
  const approved = {
    topic: 'party.customer.approve',
    companyId: ALPHA,
    documentId: C9,
    payload: {},
    at: new Date('2026-03-02T15:00:00Z'),
  }
  const listen = () =>
    transaction(
      credits.kernel.pool,
      { companies: [ALPHA] },
      (tx) =>
        credit.on['party.customer.approve']?.({ tx, kernel: credits.kernel, context: contextOf(), event: approved }) ??
        Promise.reject(new Error('nobody listens')),
    )
  await listen()
  await listen()
  expect(await credits.account('C9')).toMatchObject({ id: C9, credit_limit: '0' })
})

it.each([
  ['CREDIT_ACCOUNT_EXISTS', C1, officer],
  ['UNKNOWN_CODE', newId(), officer],
  ['NOT_ALLOWED', newId(), seller],
])('is refused with %s', async (code, id, principal) => {
  await expect(open(id, principal)).rejects.toMatchObject({ code })
})
