// Scenario: a shared limit changes with the consent that the matrix asks for.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()

it('CRD-01: needs consent above what is free, and a rejection is none', async () => {
  const { ids } = await credits.create('credit.group.create', [{ code: 'A', name: 'First', currency: 'USD' }])
  const [id = ''] = ids
  const raise = () => credits.work('credit.group.change-limit', ids, { limit: '10000' })
  await credits.work('credit.group.change-limit', ids, { limit: '1000' })
  await expect(raise()).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  await credits.work('credit.group.propose-limit', ids, { limit: '10000' })
  await credits.agree(id, 'rejected')
  await expect(raise()).rejects.toMatchObject({ code: 'APPROVAL_NEEDED' })
  await credits.work('credit.group.propose-limit', ids, { limit: '10000' })
  await credits.agree(id)
  await raise()
  expect((await credits.admin.query('select credit_limit from credit.group_limit')).rows).toEqual([
    { credit_limit: '10000' },
  ])
})
