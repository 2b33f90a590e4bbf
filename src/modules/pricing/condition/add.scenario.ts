// Scenario: pricing writes down contracts, discounts and breaks; two rules never answer the same question.
import { beforeAll, expect, it } from 'vitest'
import { openDesk } from '../../../../tests/modules/pricing/desk.ts'
import pricing from '../module.ts'

const desk = await openDesk(pricing)
const base = { currency: 'USD' }
const contract = {
  ...base,
  kind: 'contract',
  customer: 'C1',
  item: 'P1',
  method: 'price',
  amount: '17',
  from: '2026-01-01',
  until: '2026-06-30',
}

beforeAll(async () => {
  await desk.create('pricing.list.create', [{ code: 'STD', name: 'Standard', currency: 'USD', byDefault: true }])
  await desk.create('pricing.condition.add', [
    { ...base, kind: 'list', list: 'STD', item: 'P1', method: 'price', amount: '20' },
  ])
})

it('PRC-01, PRC-03: codes of customers, groups, items and categories become one price that explains itself', async () => {
  await desk.create('pricing.condition.add', [
    { ...base, kind: 'group', group: 'TRADE', method: 'discount-on-base', amount: '10' },
    { ...base, kind: 'break', item: 'p1', minQuantity: '50', method: 'discount-on-base', amount: '5' },
    { ...base, kind: 'matrix', group: 'CASH', category: 'TOOLS', method: 'discount-on-running', amount: '2.5' },
  ])
  expect(await desk.price('P1', { quantity: '60' })).toBe('17')
  expect(await desk.price('P1', { quantity: '5', unit: 'BOX' })).toBe('204')
  expect(await desk.price('P1', { customer: 'C9' })).toBe('19.5')
  // Whose price it is can be read, not only found again by its id.
  const { rows } = await desk.admin.query('select kind, group_code from pricing.condition where group_code is not null')
  expect(rows).toEqual([
    { kind: 'group', group_code: 'TRADE' },
    { kind: 'matrix', group_code: 'CASH' },
  ])
})

it('PRC-02: a price for a box stays exact, and its validity counts from the first day to the last', async () => {
  await desk.create('pricing.condition.add', [
    {
      ...base,
      kind: 'contract',
      customer: 'C2',
      item: 'P2',
      method: 'price',
      amount: '115',
      unit: 'BOX',
      from: '2026-03-01',
      until: '2026-03-31',
    },
  ])
  expect(await desk.price('P2', { customer: 'C2', unit: 'BOX', day: '2026-03-31' })).toBe('115')
  expect(await desk.price('P2', { customer: 'C2', unit: 'BOX', day: '2026-02-28' })).toBe(null)
  expect(await desk.price('P2', { customer: 'C2', unit: 'BOX', day: '2026-04-01' })).toBe(null)
})

it('PRC-13: an overlap is refused and names the other rule, also inside one call and between two people at once', async () => {
  await desk.create('pricing.condition.add', [contract])
  const { rows } = await desk.admin.query(
    `select number from pricing.condition where kind = 'contract' and amount = 17`,
  )
  await expect(
    desk.create('pricing.condition.add', [{ ...contract, amount: '16', from: '2026-06-30', until: '2026-12-31' }]),
  ).rejects.toMatchObject({
    code: 'CONDITION_OVERLAP',
    detail: { at: 1, other: rows[0].number, valid: '[2026-01-01,2026-07-01)' },
  })
  const next = { ...contract, amount: '16', from: '2026-07-01', until: '2026-12-31' }
  await expect(
    desk.create('pricing.condition.add', [next, { ...next, amount: '15', from: '2026-12-01', until: '2026-12-31' }]),
  ).rejects.toMatchObject({
    code: 'CONDITION_OVERLAP',
    detail: { at: 2, other: 'number 1 of the same call' },
  })
  const both = await Promise.allSettled([
    desk.create('pricing.condition.add', [next]),
    desk.create('pricing.condition.add', [{ ...next, amount: '15' }]),
  ])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CONDITION_OVERLAP' } })
})

it.each([
  ['CONDITION_SUBJECT', { kind: 'contract', item: 'P1', method: 'price', amount: '1' }],
  ['CONDITION_SUBJECT', { kind: 'group', item: 'P1', method: 'price', amount: '1' }],
  [
    'CONDITION_SUBJECT',
    { kind: 'promotion', customer: 'C1', group: 'TRADE', item: 'P1', method: 'price', amount: '1' },
  ],
  ['CONDITION_SUBJECT', { kind: 'list', list: 'STD', customer: 'C1', item: 'P1', method: 'price', amount: '1' }],
  ['CONDITION_SUBJECT', { kind: 'break', item: 'P1', method: 'discount-on-base', amount: '1', combines: 'best-of' }],
  ['CONDITION_OBJECT', { kind: 'promotion', method: 'price', amount: '1' }],
  ['CONDITION_OBJECT', { kind: 'promotion', item: 'P1', category: 'TOOLS', method: 'price', amount: '1' }],
  ['CONDITION_OBJECT', { kind: 'matrix', group: 'TRADE', method: 'discount-on-base', amount: '1' }],
  ['CONDITION_OBJECT', { kind: 'promotion', category: 'TOOLS', method: 'price', amount: '1', unit: 'BOX' }],
  ['CONDITION_LIST', { kind: 'list', item: 'P1', method: 'price', amount: '1' }],
  ['CONDITION_LIST', { kind: 'promotion', list: 'STD', item: 'P1', method: 'price', amount: '1' }],
  ['CONDITION_LIST', { kind: 'list', list: 'STD', item: 'P2', method: 'price', amount: '1', currency: 'EUR' }],
  [
    'CONDITION_DATES',
    { kind: 'promotion', item: 'P1', method: 'price', amount: '1', from: '2026-03-02', until: '2026-03-01' },
  ],
  ['CONDITION_AMOUNT', { kind: 'promotion', item: 'P1', method: 'discount-on-base', amount: '100.1' }],
  ['CONDITION_AMOUNT', { kind: 'promotion', item: 'P1', method: 'cost-plus', amount: '5', floorPercent: '100' }],
  ['CONDITION_UNIT', { kind: 'promotion', item: 'P1', method: 'price', amount: '5', unit: 'KG' }],
  ['UNKNOWN_CODE', { kind: 'contract', customer: 'NOBODY', item: 'P1', method: 'price', amount: '1' }],
  ['UNKNOWN_CODE', { kind: 'promotion', category: 'NOTHING', method: 'price', amount: '1' }],
  ['UNKNOWN_CODE', { kind: 'list', list: 'NONE', item: 'P1', method: 'price', amount: '1' }],
  ['UNKNOWN_CODE', { kind: 'promotion', item: 'P1', method: 'price', amount: '1', currency: 'XXX' }],
  ['ITEM_UNKNOWN', { kind: 'promotion', item: 'NOTHING', method: 'price', amount: '1' }],
])('is refused with %s: %j', async (code, given) => {
  const before = await desk.admin.query('select count(*) from pricing.condition')
  const fine = { ...base, kind: 'promotion', item: 'P3', method: 'price', amount: '1' }
  await expect(desk.create('pricing.condition.add', [fine, { ...base, ...given }])).rejects.toMatchObject({ code })
  expect((await desk.admin.query('select count(*) from pricing.condition')).rows).toEqual(before.rows)
})
