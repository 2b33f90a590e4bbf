// Scenario: a shared limit is proposed to the controller.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()

it('CRD-01: asks for what the matrix says, and says so when nobody needs to be asked', async () => {
  const { ids } = await credits.create('credit.group.create', [{ code: 'A', name: 'First', currency: 'USD' }])
  await credits.work('credit.group.propose-limit', ids, { limit: '10000' })
  expect((await credits.admin.query('select document, role, amount, state from kernel.approval')).rows).toEqual([
    { document: 'credit.group', role: 'finance-controller', amount: '10000', state: 'pending' },
  ])
  await expect(credits.work('credit.group.propose-limit', ids, { limit: '10' })).rejects.toMatchObject({
    code: 'CREDIT_LIMIT_FREE',
  })
})
