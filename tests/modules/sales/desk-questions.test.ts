// What the order desk asks while somebody types, held against what drafting and confirming then do with the same lines.
import { beforeAll, describe, expect, test } from 'vitest'
import { customerCard } from '../../../src/modules/sales/questions/customer-card.ts'
import { deskHolds } from '../../../src/modules/sales/questions/desk-holds.ts'
import { deskLines } from '../../../src/modules/sales/questions/desk-lines.ts'
import { findCustomers } from '../../../src/modules/sales/questions/find-customers.ts'
import { findItems } from '../../../src/modules/sales/questions/find-items.ts'
import { orderHolds } from '../../../src/modules/sales/questions/order-holds.ts'
import { ALPHA, person, refusal, type Shop, shop } from './shop.ts'

const DESK = [
  'sales.order.draft',
  'sales.order.read',
  'catalog.item.read',
  'party.customer.read',
  'inventory.balance.read',
  'credit.account.read',
]
const ANA = person('Ana', DESK, { role: 'sales-clerk' })
let s: Shop
let good: string
let small: string
const items: Record<string, string> = {}

beforeAll(async () => {
  s = await shop()
  for (const code of ['P1', 'P2', 'P3', 'OLD', 'FREE'])
    items[code] = await s.item(code, {
      price: code === 'FREE' ? '' : '20',
      cost: code === 'P3' ? '19' : '10',
      state: code === 'OLD' ? 'inactive' : 'active',
    })
  await s.stock(items.P1 ?? '', '10')
  await s.stock(items.P2 ?? '', '50', 'W1')
  good = await s.customer('GOOD')
  small = await s.customer('SMALL', { limit: '100' })
  await s.admin.query(
    `insert into catalog.cross_reference (id, scope, party_id, code, item_id, unit) values
     (gen_random_uuid(), 'customer', $1, 'THEIRS-1', $2, null), (gen_random_uuid(), 'gtin', null, '04012345678901', $2, 'BOX'),
     (gen_random_uuid(), 'manufacturer', null, 'TWIN', $2, null), (gen_random_uuid(), 'legacy', null, 'TWIN', $3, null)`,
    [good, items.P1, items.P2],
  )
  await s.admin.query(
    `insert into catalog.substitute (item_id, substitute_id, rank, price_rule, needs_consent, two_way) values ($1, $2, 1, 'keep', true, false)`,
    [items.P2, items.P1],
  )
})

const lines = (text: string, more: Record<string, string> = {}, who = ANA) =>
  s.ask(deskLines, { customer: good, warehouse: s.warehouses.W2, lines: text, ...more }, who)

describe('lines being typed', () => {
  test('ORD-01: are found by our code in any case, the customer’s own number and a GTIN with its unit; a doubt is told', async () => {
    expect(await lines('p1\t1\nTHEIRS-1\t1\n4012345678901\t1\nNOBODY\t1\nTWIN\t1')).toMatchObject([
      { at: 0, item: 'P1', unit: 'EA', problem: null },
      { at: 1, item: 'P1', unit: 'EA', problem: null },
      { at: 2, item: 'P1', unit: 'BOX', base: '12', problem: null },
      { at: 3, item: null, problem: 'ITEM_UNKNOWN' },
      { at: 4, item: null, problem: 'ITEM_AMBIGUOUS', matches: 'P1, P2' },
    ])
    expect(await lines('THEIRS-1\t1', { customer: small })).toMatchObject([{ problem: 'ITEM_UNKNOWN' }])
  })

  test('are refused as drafting would refuse them', async () => {
    const typed = [
      ['OLD', '1'],
      ['P1', '0'],
      ['P1', '1.5'],
      ['FREE', '1'],
    ] as const
    const told = await lines(typed.map((line) => line.join('\t')).join('\n'))
    const refused = []
    for (const [item, quantity] of typed) refused.push(await refusal(s.order('GOOD', [{ item, quantity }])))
    expect(told.map((line) => line.problem)).toEqual(refused)
  })

  test('ORD-14: have the price, the stock and the promise that confirming then gives, lines of one item sharing what is free', async () => {
    const told = await lines('P1\t6\nP1\t6')
    expect(told.map(({ free, short }) => [free, short])).toEqual([
      ['10', '0'],
      ['10', '2'],
    ])
    const id = await s.confirmed('GOOD', [
      { item: 'P1', quantity: '6' },
      { item: 'P1', quantity: '6' },
    ])
    for (const [at, line] of [1, 2].entries()) {
      const kept = await s.lineOf(id, line)
      expect([told[at]?.price, told[at]?.net, told[at]?.promise]).toEqual([
        String(Number(kept.price)),
        kept.net,
        kept.promise ?? null,
      ])
    }
    expect(await s.reservedFor(id)).toBe('10')
  })

  test('say where else goods are and what could stand in, and whether the customer must be asked', async () => {
    const [short] = await lines('P2\t5')
    expect(short).toMatchObject({ short: '5', elsewhere: [{ warehouse: 'W1', free: '50' }], promise: null })
    expect(short?.substitutes).toMatchObject([{ code: 'P1', consent: true }])
  })

  test('ORD-04: say which price and margin somebody else must agree to', async () => {
    expect(await lines('P1\t1\t\t15\nP3\t1\nP1\t1\t\t19.50')).toMatchObject([
      { hold: 'price', limit_percent: '5' },
      { hold: 'margin' },
      { hold: null },
    ])
  })

  test('margins and stock are left out for whoever may not see them, stock also of another warehouse', async () => {
    const [blind] = await lines('P1\t1', {}, person('Blind', ['sales.order.draft']))
    expect(Object.keys(blind ?? {})).not.toEqual(expect.arrayContaining(['free']))
    expect(Object.keys(blind ?? {})).not.toEqual(expect.arrayContaining(['margin_percent']))
    const elsewhere = person('Elsewhere', DESK, { role: 'sales-clerk', warehouseId: s.warehouses.W1 })
    expect(await lines('P1\t1', {}, elsewhere)).toMatchObject([{ free: null }])
    const boss = person('Boss', [...DESK, 'sales.order.see-margin'])
    expect(await lines('P1\t1', {}, boss)).toMatchObject([{ margin_percent: '50.0', unit_cost: '10' }])
  })
})

describe('holds to come', () => {
  test('CRD-02: the credit hold is told with its figures, and confirming holds for the same reason', async () => {
    const told = await s.ask(deskHolds, { customer: small, amount: '132.00' }, ANA)
    expect(told).toMatchObject([
      { kind: 'credit', role: 'credit-officer', reason: 'over-limit', detail: { exposure: '132.00', limit: '100' } },
    ])
    const id = await s.confirmed('SMALL', [{ item: 'P1', quantity: '6' }])
    expect(await s.openHolds(id)).toBe('credit')
    expect(await s.ask(orderHolds, { order: id }, ANA)).toMatchObject([
      { kind: 'credit', state: 'open', reason: told[0]?.reason, resolved_by: 'release-credit' },
    ])
    expect(await s.ask(deskHolds, { customer: small, amount: '50' }, ANA)).toEqual([])
  })

  test('ORD-08: another order under the same number of his is told', async () => {
    await s.confirmed('GOOD', [{ item: 'P2', quantity: '1' }], { reference: 'PO-77' })
    expect(await s.ask(deskHolds, { customer: good, amount: '1', reference: 'PO-77' }, ANA)).toMatchObject([
      { kind: 'duplicate', role: 'sales-manager' },
    ])
  })
})

describe('who calls and what he wants', () => {
  test('a customer is found by number, by words of his name and by his tax number', async () => {
    await s.admin.query(
      `update party.customer set name = 'Harbour Tools and Fixings' where company_id = $1 and id = $2`,
      [ALPHA, good],
    )
    await s.admin.query(`update party.party set tax_id = '12-3456789' where id = $1`, [good])
    for (const q of ['good', 'fixings harb', '12-3456789', 'harbor tools'])
      expect(
        (await s.ask(findCustomers, { q }, ANA)).map((one) => one.code),
        q,
      ).toContain('GOOD')
    expect(await s.ask(findCustomers, { q: '%' }, ANA)).toEqual([])
  })

  test('an item is found by words in any order and by the customer’s number, with what is free', async () => {
    const find = (q: string, customer = good) => s.ask(findItems, { q, customer, warehouse: s.warehouses.W1 }, ANA)
    expect(await find('p2')).toMatchObject([{ code: 'P2', free: '50' }])
    expect((await find('THEIRS-1'))[0]).toMatchObject({ code: 'P1', through: 'THEIRS-1' })
    expect(await find('THEIRS-1', small)).toEqual([])
  })

  test('the card tells his last orders and what he paid the last time', async () => {
    const [card] = await s.ask(customerCard, { customer: good }, ANA)
    expect(card).toMatchObject({
      code: 'GOOD',
      items: expect.arrayContaining([expect.objectContaining({ code: 'P1', price: '20' })]),
    })
    expect(card?.orders?.length).toBeGreaterThan(0)
  })

  test('ORD-01: what stands on a draft only was not bought', async () => {
    const drafted = await s.order('GOOD', [{ item: 'P3', quantity: '1' }])
    const [card] = await s.ask(customerCard, { customer: good }, ANA)
    expect(card?.orders).toContainEqual(expect.objectContaining({ id: drafted, state: 'draft' }))
    expect(JSON.stringify(card?.items)).not.toContain('"P3"')
  })

  test('nobody asks without the permission', async () => {
    const nobody = person('Nobody', ['sales.order.read'])
    for (const [question, parameters] of [
      [deskLines, { customer: good, warehouse: s.warehouses.W2, lines: 'P1\t1' }],
      [deskHolds, { customer: good, amount: '1' }],
      [findItems, { q: 'P1', customer: good, warehouse: s.warehouses.W2 }],
      [findCustomers, { q: 'GOOD' }],
    ] as const)
      expect(await refusal(s.ask(question, parameters, nobody))).toBe('NOT_ALLOWED')
  })
})
