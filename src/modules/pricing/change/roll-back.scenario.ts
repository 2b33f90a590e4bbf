// Scenario: of two changes the later one goes back first; what was changed by hand since is not trampled on.
import { beforeAll, expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)
const reason = { reason: 'taken back' }
const raise = (percent: string, effectiveOn: string) =>
  desk.create('pricing.change.apply', [{ list: 'STD', percent, effectiveOn }])

beforeAll(async () => {
  await desk.create('pricing.list.create', [{ code: 'STD', name: 'Standard', currency: 'USD', byDefault: true }])
  await desk.create('pricing.condition.add', [
    { kind: 'list', list: 'STD', item: 'P1', currency: 'USD', method: 'price', amount: '20' },
  ])
})

it('PRC-02: refuses a change that another one was built on, and takes both back in turn', async () => {
  const first = await raise('10', '2026-04-01')
  const second = await raise('10', '2026-05-01')
  expect(await desk.price('P1', { day: '2026-05-01' })).toBe('24.2')
  await expect(desk.use('pricing.change.roll-back', first.ids, {}, reason)).rejects.toMatchObject({
    code: 'CHANGE_OVERTAKEN',
  })
  await expect(desk.use('pricing.change.roll-back', second.ids)).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  await desk.use('pricing.change.roll-back', second.ids, {}, reason)
  expect(await desk.price('P1', { day: '2026-05-01' })).toBe('22')
  await expect(desk.use('pricing.change.roll-back', second.ids, {}, reason)).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  await desk.use('pricing.change.roll-back', first.ids, {}, reason)
  expect(await desk.price('P1', { day: '2026-05-01' })).toBe('20')
})

it('restores a price that was to begin later and was replaced whole', async () => {
  await desk.create('pricing.condition.add', [
    { kind: 'list', list: 'STD', item: 'P2', currency: 'USD', method: 'price', amount: '9', from: '2026-06-01' },
  ])
  const { ids } = await desk.create('pricing.change.apply', [{ item: 'P2', percent: '5', effectiveOn: '2026-05-01' }])
  expect(await desk.price('P2', { day: '2026-06-01' })).toBe('9.45')
  await desk.use('pricing.change.roll-back', ids, {}, reason)
  expect(await desk.price('P2', { day: '2026-06-01' })).toBe('9')
})

it('does not trample on what was put in the place of its price', async () => {
  const { ids } = await desk.create('pricing.change.apply', [{ item: 'P1', percent: '5', effectiveOn: '2026-05-01' }])
  const { rows } = await desk.admin.query(`select id from pricing.condition where change_id = $1`, [...ids])
  await desk.use('pricing.condition.withdraw', [rows[0].id], {}, reason)
  const taken = {
    kind: 'list',
    list: 'STD',
    item: 'P1',
    currency: 'USD',
    method: 'price',
    amount: '30',
    from: '2026-05-01',
  }
  await desk.create('pricing.condition.add', [taken])
  await expect(desk.use('pricing.change.roll-back', ids, {}, reason)).rejects.toMatchObject({
    code: 'CHANGE_OVERTAKEN',
  })
  expect(await desk.price('P1', { day: '2026-05-01' })).toBe('30')
})
