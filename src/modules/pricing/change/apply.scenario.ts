// Scenario: prices go up by three percent from April on: looked at first, applied, and taken back in one step.
import { beforeAll, expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)
const march = { day: '2026-03-31' }
const april = { day: '2026-04-01' }

beforeAll(async () => {
  await desk.create('pricing.list.create', [{ code: 'STD', name: 'Standard', currency: 'USD', byDefault: true }])
  const price = { kind: 'list', list: 'STD', currency: 'USD', method: 'price' }
  await desk.create('pricing.condition.add', [
    { ...price, item: 'P1', amount: '20' },
    { ...price, item: 'P2', amount: '0.0845' },
    { ...price, item: 'P3', amount: '9.99', from: '2026-04-15' },
    { kind: 'contract', customer: 'C2', item: 'P1', currency: 'USD', method: 'price', amount: '17' },
  ])
})

const prices = async (given: object) => [
  await desk.price('P1', given),
  await desk.price('P2', given),
  await desk.price('P1', { customer: 'C2', ...given }),
]
const raise = { list: 'STD', percent: '3', effectiveOn: '2026-04-01' }

it('PRC-02: shows the impact without doing anything', async () => {
  const seen = await desk.create('pricing.change.apply', [raise], { dryRun: true })
  expect(seen.result).toMatchObject({
    impacts: [
      {
        conditions: 3,
        lowest_old: '0.0845',
        highest_old: '20',
        highest_new: '20.60',
        examples: [{ old: '20', new: '20.60' }, { old: '0.0845', new: '0.0870' }, { new: '10.29' }],
      },
    ],
  })
  expect(await prices(april)).toEqual(['20', '0.0845', '17'])
  expect((await desk.admin.query('select from pricing.change')).rowCount).toBe(0)
})

it('PRC-02: takes effect on its day, touches only what was chosen, and goes back in one step', async () => {
  const before = await prices(april)
  const { ids } = await desk.create('pricing.change.apply', [raise])
  expect(await prices(march)).toEqual(before)
  expect(await prices(april)).toEqual(['20.6', '0.087', '17'])
  expect(await desk.price('P3', { day: '2026-04-14' })).toBe(null)
  expect(await desk.price('P3', { day: '2026-04-15' })).toBe('10.29')

  await desk.use('pricing.change.roll-back', ids, {}, { reason: 'the supplier waits' })
  expect(await prices(april)).toEqual(before)
  expect(await desk.price('P3', { day: '2026-04-15' })).toBe('9.99')
})

it('chooses by category and by kind, and lowers prices too', async () => {
  const { ids } = await desk.create('pricing.change.apply', [
    { category: 'TOOLS', kind: 'contract', percent: '-10', effectiveOn: '2026-03-02', places: 1 },
  ])
  expect(await desk.price('P1', { customer: 'C2' })).toBe('15.3')
  expect(await desk.price('P1')).toBe('20')
  await desk.use('pricing.change.roll-back', ids, {}, { reason: 'tried' })
  expect(await desk.price('P1', { customer: 'C2' })).toBe('17')
})

it.each([
  ['CHANGE_SCOPE_EMPTY', { percent: '3', effectiveOn: '2026-04-01' }],
  ['CHANGE_IN_PAST', { ...raise, effectiveOn: '2026-03-01' }],
  ['CHANGE_PERCENT', { ...raise, percent: '0' }],
  ['CHANGE_PERCENT', { ...raise, percent: '-99.5' }],
  ['CHANGE_FINDS_NOTHING', { ...raise, list: undefined, group: 'CASH' }],
  ['UNKNOWN_CODE', { ...raise, list: 'NONE' }],
])('is refused with %s', async (code, input) => {
  await expect(desk.create('pricing.change.apply', [input])).rejects.toMatchObject({ code })
})
