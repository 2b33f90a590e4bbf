// The pricing module as a whole: it holds together, its questions answer, its invariants notice planted faults.
import { beforeAll, expect, it } from 'vitest'
import { checkModules, module } from '#kernel/module'
import { verify } from '#kernel/verify'
import pricing from '../../../src/modules/pricing/module.ts'
import { ALPHA, person } from '../../support/world.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
const base = { currency: 'USD', method: 'price' }

beforeAll(async () => {
  desk = await openDesk(pricing)
  await desk.create('pricing.list.create', [{ code: 'STD', name: 'Standard', currency: 'USD', byDefault: true }])
  await desk.create('pricing.condition.add', [
    { ...base, kind: 'list', list: 'STD', item: 'P1', amount: '20' },
    { ...base, kind: 'contract', customer: 'C1', item: 'P1', amount: '17' },
    { ...base, kind: 'customer', customer: 'C1', item: 'P1', amount: '16' },
    { ...base, kind: 'break', item: 'P2', minQuantity: '10', method: 'discount-on-base', amount: '5' },
    { ...base, kind: 'break', item: 'P2', minQuantity: '20', method: 'discount-on-base', amount: '4' },
  ])
})

it('holds together', () => {
  const below = ['company', 'party', 'catalog'].map((name) => module(name, { needs: [] }))
  expect(() => checkModules([...below, pricing])).not.toThrow()
})

it('PRC-01: explains a price, and keeps margins from those who may not see them', async () => {
  const asked = { customer: 'c1', item: 'p1', quantity: '2', unit: 'BOX' }
  const [row] = await desk.ask<Record<string, unknown>>('pricing.why', asked)
  expect(row).toMatchObject({
    customer: 'C1',
    item: 'P1',
    unit: 'BOX',
    base_quantity: '24',
    price: '204',
    list_price: '240',
    unit_cost: '10',
    margin_percent: '41.18',
  })
  const [seen] = await desk.ask<Record<string, unknown>>('pricing.why', asked, {
    principal: person('Clara', ['pricing.why']),
  })
  expect(seen).toMatchObject({ price: '204' })
  expect(seen).not.toHaveProperty('unit_cost')
  expect(seen).not.toHaveProperty('margin_percent')
  await expect(desk.ask('pricing.why', asked, { principal: person('Nobody', []) })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
})

it('PRC-13: lists prices that are never asked and breaks that turn around', async () => {
  expect(await desk.ask('pricing.overlaps', {})).toMatchObject([
    { problem: 'never asked', kind: 'customer', subject: 'C1', object: 'P1', other_kind: 'contract' },
    { problem: 'break turns around', kind: 'break', object: 'P2', min_quantity: '20', other_min_quantity: '10' },
  ])
  expect(await desk.ask('pricing.overlaps', { kind: 'break' })).toHaveLength(1)
})

it('proves itself, and each planted fault turns its invariant red', async () => {
  const red = async () =>
    (await verify(desk.kernel.pool, [ALPHA], pricing.invariants)).checks
      .filter((check) => !check.ok)
      .map((check) => check.id)
  expect(await red()).toEqual([])
  await desk.admin.query('alter table pricing.condition drop constraint condition_overlap')
  await desk.admin.query(`insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
    select company_id, gen_random_uuid(), kind, rank, list_id, object_id, currency, method, 21 from pricing.condition where kind = 'list'`)
  expect(await red()).toEqual(['PRC-I1'])
  await desk.admin.query('delete from pricing.condition where amount = 21')
  await desk.admin.query(`update pricing.condition set currency = 'EUR' where kind = 'list'`)
  expect(await red()).toEqual(['PRC-I2'])
  await desk.admin.query(`update pricing.condition set currency = 'USD', rank = 5 where kind = 'list'`)
  expect(await red()).toEqual(['PRC-I3'])
  await desk.admin.query(`update pricing.condition set rank = 80 where kind = 'list'`)
  const { ids } = await desk.create('pricing.change.apply', [{ list: 'STD', percent: '1', effectiveOn: '2026-04-01' }])
  expect(await red()).toEqual([])
  await desk.admin.query('delete from pricing.condition where change_id = $1', [...ids])
  expect(await red()).toEqual(['PRC-I4'])
})
