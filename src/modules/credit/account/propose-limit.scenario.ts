// Scenario: the officer proposes a limit, the controller agrees, and nobody agrees with himself.
import { expect, it } from 'vitest'
import { decide } from '#kernel/approvals'
import { transaction } from '#kernel/db'
import { officer, openDepartment } from '../../../../tests/modules/credit/officer.ts'
import { ALPHA, contextOf, person } from '../../../../tests/support/world.ts'

const credits = await openDepartment()
const { C1 } = credits.shop.customers

it('CRD-01: asks the controller with the figures, and the proposer cannot agree', async () => {
  await credits.work('credit.account.propose-limit', [C1], { limit: '5000' })
  const { rows } = await credits.admin.query('select id, role, amount, detail, requested_by from kernel.approval')
  expect(rows).toMatchObject([
    {
      role: 'finance-controller',
      amount: '5000',
      requested_by: officer.id,
      detail: { account: 'C1', limit: '0', wanted: '5000', reason: 'reviewed' },
    },
  ])
  const himself = contextOf({ principal: person('Olga', [], { id: officer.id, role: 'finance-controller' }) })
  await expect(
    transaction(credits.kernel.pool, { companies: [ALPHA] }, (tx) => decide(tx, himself, rows[0].id, 'approved')),
  ).rejects.toMatchObject({ code: 'OWN_REQUEST' })
  expect((await credits.account('C1')).credit_limit).toBe('0')
})

it.each([
  ['CREDIT_LIMIT_FREE', { limit: '900' }],
  ['CREDIT_LIMIT_DATES', { limit: '5000', from: '2026-03-01' }],
  ['CREDIT_LIMIT_DATES', { limit: '5000', until: '2026-03-01' }],
])('is refused with %s', async (code, input) => {
  await expect(credits.work('credit.account.propose-limit', [C1], input)).rejects.toMatchObject({ code })
})
