// Scenario: a list gets a better name; its currency and prices stay.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('renames a list', async () => {
  const { ids } = await desk.create('pricing.list.create', [{ code: 'A', name: 'First', currency: 'USD' }])
  await desk.use('pricing.list.change', ids, { name: 'Second' })
  const { rows } = await desk.admin.query('select name, currency, version from pricing.list')
  expect(rows).toEqual([{ name: 'Second', currency: 'USD', version: 2 }])
  await expect(
    desk.use('pricing.list.change', ['00000000-0000-7000-8000-000000000009'], { name: 'x' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
