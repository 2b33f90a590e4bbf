// Scenario: sisters share a limit; the one leaves.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()
const { C1, C2 } = credits.shop.customers

it('CRD-01, CRD-02: the exposure of a group is that of all its accounts, and what is available is the smaller of both', async () => {
  await credits.create('credit.group.create', [
    { code: 'SISTERS', name: 'The sisters', currency: 'USD' },
    { code: 'EURO', name: 'Elsewhere', currency: 'EUR' },
  ])
  await credits.work('credit.account.change-limit', [C1, C2], { limit: '1000' })
  await credits.work('credit.account.join-group', [C1, C2], { group: 'SISTERS' })
  const { rows } = await credits.admin.query(`select id from credit.group_limit where code = 'SISTERS'`)
  await credits.work('credit.group.change-limit', [rows[0].id], { limit: '900' })
  await credits.admin.query(`update credit.account set receivable = 800, unapplied = 50 where code = 'C2'`)
  expect(await credits.ask('credit.exposure', { customer: 'c1' })).toMatchObject([
    {
      exposure: '0',
      limit_now: '1000',
      available: '150',
      group: { code: 'SISTERS', limit: '900', exposure: '750', accounts: 2 },
    },
  ])
  await expect(credits.work('credit.account.join-group', [C1], { group: 'EURO' })).rejects.toMatchObject({
    code: 'CREDIT_GROUP_CURRENCY',
    detail: { account: 'C1', expected: 'EUR', given: 'USD' },
  })
  await expect(credits.work('credit.account.join-group', [C1], { group: 'NONE' })).rejects.toMatchObject({
    code: 'UNKNOWN_CODE',
  })
  await credits.work('credit.account.join-group', [C1], {})
  expect(await credits.ask('credit.exposure', { customer: C1 })).toMatchObject([{ available: '1000', group: null }])
})
