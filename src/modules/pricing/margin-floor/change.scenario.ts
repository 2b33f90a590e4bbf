// Scenario: a floor is raised with a reason.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('changes the floor, and refuses what no margin can be', async () => {
  const { ids } = await desk.create('pricing.margin-floor.create', [{ category: 'TOOLS', percent: '10' }])
  await expect(desk.use('pricing.margin-floor.change', ids, { percent: '12' })).rejects.toMatchObject({
    code: 'REASON_NEEDED',
  })
  await desk.use('pricing.margin-floor.change', ids, { percent: '12' }, { reason: 'costs rose' })
  expect((await desk.admin.query('select code, percent from pricing.margin_floor')).rows).toEqual([
    { code: 'TOOLS', percent: '12' },
  ])
  await expect(
    desk.use('pricing.margin-floor.change', ids, { percent: '-101' }, { reason: 'typo' }),
  ).rejects.toMatchObject({ code: 'MARGIN_FLOOR_RANGE' })
})
