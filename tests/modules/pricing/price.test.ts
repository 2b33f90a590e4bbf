// A price is found by the declared precedence and every step of it can be checked by hand.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Sql, sql, transaction } from '#kernel/db'
import { type PriceDemand, type Priced, priced } from '#pricing'
import { testDatabase } from '../../support/database.ts'
import { ALPHA } from '../../support/world.ts'
import { groupId, layCondition, layList, layShop, type Shop } from './shop.ts'

const { kernel, admin } = await testDatabase()
let shop: Shop
let list: string
let trade: string

beforeAll(async () => {
  shop = await layShop(admin)
  list = await layList(admin)
  trade = await groupId(admin, 'TRADE')
})

const TODAY = '2026-03-02'

type Asked = {
  customer?: keyof Shop['customers']
  item?: keyof Shop['items']
  quantity?: string
  num?: string
  den?: string
  cost?: string | null
  group?: string | null
  bought?: string
}

function demandOf(asked: readonly Asked[]): Sql<PriceDemand> {
  const rows = asked.map((one, at) => ({
    line: String(at),
    customer_id: shop.customers[one.customer ?? 'C1'],
    item_id: shop.items[one.item ?? 'P1'],
    category_id: one.item === 'P3' ? shop.categories.PAINT : shop.categories.TOOLS,
    group_code: one.group === undefined ? 'TRADE' : one.group,
    currency: 'USD',
    quantity: one.quantity ?? '1',
    unit_num: one.num ?? '1',
    unit_den: one.den ?? '1',
    unit_cost: one.cost === undefined ? '10' : one.cost,
    bought: one.bought ?? '0',
  }))
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line text, customer_id uuid, item_id uuid, category_id uuid,
    group_code text, currency text, quantity numeric, unit_num numeric, unit_den numeric, unit_cost numeric, bought numeric)`
}

const price = (asked: readonly Asked[], today = TODAY) =>
  transaction(kernel.pool, { companies: [ALPHA] }, (tx) => {
    const demand = demandOf(asked)
    const bought = sql<{ line: string; quantity: string }>`select line, bought as quantity from ${demand} b`
    return tx.rows(sql<Priced>`select * from ${priced(ALPHA, today, demand, { bought })} p order by line`)
  })

async function one(asked: Asked, today = TODAY): Promise<Priced> {
  const rows = await price([asked], today)
  expect(rows).toHaveLength(1)
  return rows[0] as Priced
}

/** Each test has the conditions to itself. */
async function conditions(given: readonly Record<string, unknown>[]): Promise<string[]> {
  await admin.query('delete from pricing.condition')
  const ids: string[] = []
  for (const row of given) ids.push(await layCondition(admin, row))
  return ids
}

const listPrice = (amount: string, more: Record<string, unknown> = {}) => ({
  kind: 'list',
  list_id: list,
  object_id: shop.items.P1,
  method: 'price',
  amount,
  ...more,
})

describe('the waterfall (PRC-01)', () => {
  it('T-PRC-01: list 20, group -10 % and break -5 % on base at 50+, 60 ordered, is 17.00', async () => {
    const [base, group, fifty] = await conditions([
      listPrice('20'),
      { kind: 'group', subject_id: trade, method: 'discount-on-base', amount: '10' },
      { kind: 'break', object_id: shop.items.P1, min_quantity: '50', method: 'discount-on-base', amount: '5' },
    ])
    const found = await one({ quantity: '60' })
    expect(found).toMatchObject({ line: '0', price: '17', list_price: '20', expired_agreement: false })
    expect(found.trace).toMatchObject([
      { step: 1, rule_id: base, kind: 'list', says: 'sets the base', base: '20', effect: '20', price: '20' },
      {
        step: 2,
        rule_id: group,
        rule: expect.stringMatching(/^PC-\d{7}$/),
        kind: 'group',
        says: 'on base',
        base: '20',
        amount: '10',
        effect: '-2',
        price: '18',
      },
      { step: 3, rule_id: fifty, kind: 'break', says: 'on base', base: '20', amount: '5', effect: '-1', price: '17' },
    ])
    expect((await one({ quantity: '49.999999' })).price).toBe('18')
    expect((await one({ quantity: '60', group: null })).price).toBe('19')
  })

  it('chains discounts on what is left when they say so (C36)', async () => {
    await conditions([
      listPrice('20'),
      { kind: 'customer', subject_id: shop.customers.C1, step: 1, method: 'discount-on-running', amount: '40' },
      { kind: 'customer', subject_id: shop.customers.C1, step: 2, method: 'discount-on-running', amount: '10' },
      { kind: 'customer', subject_id: shop.customers.C1, step: 3, method: 'discount-on-running', amount: '5' },
    ])
    const found = await one({})
    expect(found.price).toBe('10.26')
    expect(found.trace.map((step) => step.effect)).toEqual(['20', '-8', '-1.2', '-0.54'])
    expect(found.list_price).toBe('20')
  })

  it('does not worsen or better a contract by what ranks after it', async () => {
    const [, , contract] = await conditions([
      listPrice('20'),
      { kind: 'group', subject_id: trade, method: 'discount-on-base', amount: '10' },
      { kind: 'contract', subject_id: shop.customers.C1, object_id: shop.items.P1, method: 'price', amount: '18.5' },
    ])
    const found = await one({ quantity: '60' })
    expect(found).toMatchObject({ price: '18.5', list_price: '20' })
    expect(found.trace).toHaveLength(1)
    expect(found.trace[0]).toMatchObject({ rule_id: contract, says: 'sets the base' })
    expect((await one({ customer: 'C2' })).price).toBe('18')
  })

  it('lets the most specific condition of a kind speak, and the highest break reached', async () => {
    await conditions([
      listPrice('20'),
      { kind: 'break', min_quantity: '10', method: 'discount-on-base', amount: '9' },
      { kind: 'break', object_id: shop.categories.TOOLS, min_quantity: '10', method: 'discount-on-base', amount: '3' },
      { kind: 'break', object_id: shop.categories.TOOLS, min_quantity: '20', method: 'discount-on-base', amount: '4' },
    ])
    expect((await price([{ quantity: '9' }, { quantity: '10' }, { quantity: '20' }])).map((row) => row.price)).toEqual([
      '20',
      '19.4',
      '19.2',
    ])
  })

  it('takes a matrix of customer class by product class, and a group list before the default list (PRC-03)', async () => {
    const cash = await layList(admin, 'CASHLIST', 'CASH')
    await conditions([
      listPrice('20'),
      { kind: 'list', list_id: cash, object_id: shop.items.P1, method: 'price', amount: '21' },
      { kind: 'matrix', subject_id: trade, object_id: shop.categories.TOOLS, method: 'discount-on-base', amount: '7' },
    ])
    expect(
      (await price([{}, { group: 'CASH', customer: 'C9' }, { group: null, customer: 'C3' }])).map((row) => row.price),
    ).toEqual(['18.6', '21', '20'])
    await admin.query(`delete from pricing.group_list where group_code = 'CASH'`)
    expect((await one({ group: 'CASH', customer: 'C9' })).price).toBe('20')
  })

  it('counts what was bought before for cumulative breaks only (PRC-03)', async () => {
    await conditions([
      listPrice('20'),
      { kind: 'break', counts: 'cumulative', min_quantity: '100', method: 'discount-on-base', amount: '10' },
    ])
    expect((await price([{ quantity: '60' }, { quantity: '60', bought: '40' }])).map((row) => row.price)).toEqual([
      '20',
      '18',
    ])
    await conditions([
      listPrice('20'),
      { kind: 'break', min_quantity: '100', method: 'discount-on-base', amount: '10' },
    ])
    expect((await one({ quantity: '60', bought: '40' })).price).toBe('20')
  })
})

describe('promotions', () => {
  it("do not come on top of the customer's own discount: the lower price applies and the other is named (C36)", async () => {
    const offer = { kind: 'promotion', combines: 'best-of', method: 'discount-on-base' }
    const group = { kind: 'group', subject_id: trade, method: 'discount-on-base', amount: '10' }
    await conditions([listPrice('20'), group, { ...offer, amount: '15' }])
    const better = await one({})
    expect(better.price).toBe('17')
    expect(better.trace.at(-1)).toMatchObject({ says: 'passed over', kind: 'own discounts', price: '18' })
    await conditions([listPrice('20'), group, { ...offer, amount: '5' }])
    const worse = await one({})
    expect(worse.price).toBe('18')
    expect(worse.trace.at(-1)).toMatchObject({ says: 'passed over', kind: 'promotion', price: '19' })
    await conditions([listPrice('20'), group, { ...offer, amount: '5', combines: 'with-all' }])
    expect((await one({})).price).toBe('17')
  })

  it('leave everybody else the promotion', async () => {
    await conditions([
      listPrice('20'),
      { kind: 'promotion', combines: 'best-of', object_id: shop.items.P1, method: 'price', amount: '16' },
    ])
    expect((await one({ group: null, customer: 'C3' })).price).toBe('16')
  })
})

describe('cost-plus and floors (PRC-03)', () => {
  it('prices from cost and is not sold under the floor', async () => {
    await conditions([{ kind: 'customer', subject_id: shop.customers.C1, method: 'cost-plus', amount: '25' }])
    expect((await one({ cost: '10' })).price).toBe('12.5')
    await conditions([
      {
        kind: 'customer',
        subject_id: shop.customers.C1,
        step: 1,
        method: 'cost-plus',
        amount: '5',
        floor_percent: '20',
      },
    ])
    const lifted = await one({ cost: '10' })
    expect(lifted.price).toBe('12.5')
    expect(lifted.trace.at(-1)).toMatchObject({ says: 'lifted to the floor', effect: '2', price: '12.5' })
  })

  it('passes cost-plus over when the cost is not known', async () => {
    await conditions([
      listPrice('20'),
      { kind: 'customer', subject_id: shop.customers.C1, method: 'cost-plus', amount: '25' },
    ])
    expect((await price([{ cost: null }, { cost: '0' }])).map((row) => row.price)).toEqual(['20', '20'])
  })
})

describe('days, units, nothing', () => {
  it('T-PRC-06: an agreement that ended yesterday gives the list price and a warning', async () => {
    const [, agreement] = await conditions([
      listPrice('20'),
      {
        kind: 'agreement',
        subject_id: shop.customers.C1,
        object_id: shop.items.P1,
        method: 'price',
        amount: '15',
        valid: '[2026-01-01,2026-03-02)',
      },
    ])
    expect(await one({}, '2026-03-01')).toMatchObject({ price: '15', expired_agreement: false })
    const found = await one({})
    expect(found).toMatchObject({ price: '20', expired_agreement: true })
    expect(found.trace.at(-1)).toMatchObject({ rule_id: agreement, says: 'expired', ended_on: '2026-03-01' })
    expect((await one({}, '2026-06-30')).expired_agreement).toBe(false)
  })

  it('converts to the sales unit exactly and rounds half up to six places, by name', async () => {
    await conditions([listPrice('0.0845')])
    expect((await one({ quantity: '120', num: '12' })).price).toBe('1.014')
    await conditions([listPrice('115', { unit: 'BOX', per_num: '12' })])
    expect((await price([{ num: '12', quantity: '12' }, {}])).map((row) => row.price)).toEqual(['115', '9.583333'])
    await conditions([listPrice('1')])
    expect((await price([{ den: '3' }, { num: '2', den: '3' }])).map((row) => row.price)).toEqual([
      '0.333333',
      '0.666667',
    ])
  })

  it('gives the steps so that they add up to the price whatever the amounts', async () => {
    await conditions([
      listPrice('19.999999'),
      { kind: 'group', subject_id: trade, method: 'discount-on-running', amount: '3.333333' },
      { kind: 'break', method: 'discount-on-base', amount: '7.777777' },
    ])
    const found = await one({ num: '1', den: '7' })
    const { rows } = await admin.query('select sum(e::numeric)::text as total from unnest($1::text[]) e', [
      found.trace.map((step) => step.effect),
    ])
    expect(rows[0].total).toBe(found.price)
  })

  it('has no price where no condition gives one, and never one of another currency or a withdrawn condition', async () => {
    await conditions([
      listPrice('20', { currency: 'EUR' }),
      listPrice('19', { state: 'withdrawn' }),
      { kind: 'group', subject_id: trade, method: 'discount-on-base', amount: '10' },
    ])
    expect(await one({})).toMatchObject({ price: null, trace: [], list_price: null })
  })
})

describe('many conditions (C37)', () => {
  it('finds a price by probing for the pair, however many customers have a price of their own for the item', async () => {
    await conditions([listPrice('20')])
    await admin.query(
      `insert into pricing.condition (company_id, id, kind, rank, subject_id, object_id, currency, method, amount)
        select $1, gen_random_uuid(), 'customer', 20, gen_random_uuid(), case when n % 2 = 0 then $2::uuid else gen_random_uuid() end, 'USD', 'price', 9
          from generate_series(1, 20000) n`,
      [ALPHA, shop.items.P1],
    )
    await admin.query('analyze pricing.condition')
    const plan = await transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
      tx.rows<{ 'QUERY PLAN': string }>(sql`explain select * from ${priced(ALPHA, TODAY, demandOf([{}]))} p`),
    )
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toMatch(
      /Index Scan using condition_lookup on condition c[^\n]*\n\s+Index Cond: [^\n]*object_id = [^\n]*subject_id = /,
    )
    expect((await one({})).price).toBe('20')
    await conditions([])
  })
})
