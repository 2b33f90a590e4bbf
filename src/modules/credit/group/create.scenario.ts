// Scenario: a group is created without a limit; nobody shares credit before somebody gives it.
import { expect, it } from 'vitest'
import { officer, openDepartment, seller } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()
const sisters = { code: 'SISTERS', name: 'The sisters', currency: 'USD' }

it('CRD-01: starts at 0', async () => {
  await credits.create('credit.group.create', [sisters], { principal: officer })
  expect((await credits.admin.query('select code, credit_limit, currency from credit.group_limit')).rows).toEqual([
    { code: 'SISTERS', credit_limit: '0', currency: 'USD' },
  ])
})

it.each([
  ['CREDIT_GROUP_CODE_TAKEN', sisters, officer],
  ['UNKNOWN_CODE', { ...sisters, code: 'B', currency: 'XXX' }, officer],
  ['NOT_ALLOWED', { ...sisters, code: 'C' }, seller],
])('is refused with %s', async (code, input, principal) => {
  await expect(credits.create('credit.group.create', [input], { principal })).rejects.toMatchObject({ code })
})
