// Scenario: an agreement ends, the next kind of price applies, and the clerk is told.
import { expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)

it('T-PRC-06: after its last day the list price applies with a warning, and the end is listed (PRC-13)', async () => {
  await desk.create('pricing.list.create', [{ code: 'STD', name: 'Standard', currency: 'USD', byDefault: true }])
  await desk.create('pricing.condition.add', [
    { kind: 'list', list: 'STD', item: 'P1', currency: 'USD', method: 'price', amount: '20' },
  ])
  const { ids } = await desk.create('pricing.condition.add', [
    { kind: 'agreement', customer: 'C1', item: 'P1', currency: 'USD', method: 'price', amount: '15' },
  ])
  await desk.use('pricing.condition.end', ids, { until: '2026-03-02' })
  expect(await desk.price('P1')).toBe('15')
  const [row] = await desk.ask<{ price: string; expired_agreement: boolean }>('pricing.why', {
    customer: 'C1',
    item: 'P1',
    quantity: '1',
    day: '2026-03-03',
  })
  expect(row).toMatchObject({ price: '20', expired_agreement: true })
  expect(await desk.ask('pricing.expired-conditions', {})).toEqual([])
  expect(await desk.ask('pricing.expired-conditions', { days: 5 }, { today: '2026-03-04' })).toMatchObject([
    { kind: 'agreement', subject: 'C1', object: 'P1', ended_on: '2026-03-02', days_ago: 2 },
  ])

  await expect(desk.use('pricing.condition.end', ids, { until: '2026-03-01' })).rejects.toMatchObject({
    code: 'CONDITION_ENDED',
  })
  await expect(desk.use('pricing.condition.end', ids, { until: '2026-05-01' })).rejects.toMatchObject({
    code: 'CONDITION_ENDED',
  })
})
