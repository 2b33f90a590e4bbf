// Scenario: a group gets another name; its limit and currency stay.
import { expect, it } from 'vitest'
import { openDepartment } from '../../../../tests/modules/credit/officer.ts'

const credits = await openDepartment()

it('renames a group', async () => {
  const { ids } = await credits.create('credit.group.create', [{ code: 'A', name: 'First', currency: 'USD' }])
  await credits.work('credit.group.change', ids, { name: 'Second' })
  expect((await credits.admin.query('select name, currency, version from credit.group_limit')).rows).toEqual([
    { name: 'Second', currency: 'USD', version: 2 },
  ])
})
