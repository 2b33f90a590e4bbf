// Confirming an order: credit is spent and stock is promised together, or the order is held and says why.
import { beforeAll, describe, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { confirm } from './confirm.ts'
import { quote } from './quote.ts'

let s: Shop
let p1: string
let c1: string

beforeAll(async () => {
  s = await shop()
  p1 = await s.item('P1')
  c1 = await s.customer('C1', { limit: '5000' })
  await s.stock(p1, '100')
})

describe('Confirming an order promises the stock it needs', () => {
  test('T-Q2C-01 ORD-06: a confirmed order has its stock, its credit and its promise', async () => {
    const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
    expect(await s.stateOf(id)).toBe('confirmed')
    expect(await s.reservedFor(id)).toBe('10')
    expect(await s.exposure(c1)).toEqual({ open_orders: '220', unbilled: '0' })
    // 2 March 2026 is a Monday; one day of transit after today, for the cut-off was not passed.
    expect(
      (await s.one<{ promise: string }>('select promise::text from sales.order_line where order_id = $1', [id]))
        .promise,
    ).toBe('2026-03-03')
    await s.sound()
  })

  test('T-CRD-01: over the limit the order is held with its figures, and holds no goods', async () => {
    await s.customer('C2', { limit: '5000' })
    await s.admin.query(`update credit.account set receivable = 4900 where code = 'C2'`)
    const id = await s.confirmed('C2', [{ item: 'P1', quantity: '10' }])
    expect(await s.stateOf(id)).toBe('on_hold')
    const hold = await s.one<{ kind: string; reason: string; detail: Record<string, string> }>(
      'select kind, reason, detail from sales.hold where order_id = $1',
      [id],
    )
    expect(hold).toMatchObject({
      kind: 'credit',
      reason: 'over-limit',
      detail: { exposure: '5120.0000', limit: '5000', over_by: '120.0000' },
    })
    expect(await s.reservedFor(id)).toBe('0')
    expect(
      (await s.one<{ outcome: string }>('select outcome from credit.decision where order_id = $1', [id])).outcome,
    ).toBe('hold')
    await s.sound()
  })

  test('T-Q2C-15: a closed ship-to holds the order for the data steward', async () => {
    await s.admin.query(
      `insert into party.ship_to (company_id, id, customer_id, code, name, country, state) values (1, gen_random_uuid(), $1, 'OLD', 'Old', 'US', 'closed')`,
      [c1],
    )
    const id = await s.confirmed('C1', [{ item: 'P1', quantity: '3' }], { shipTo: 'OLD' })
    expect(await s.stateOf(id)).toBe('on_hold')
    expect(await s.one('select kind, owner_role from sales.hold where order_id = $1', [id])).toEqual({
      kind: 'address',
      owner_role: 'data-steward',
    })
    expect(await s.reservedFor(id)).toBe('0')
  })

  test('T-PRC-05: a cost that rose since holds the order under the margin floor', async () => {
    const p2 = await s.item('P2', { cost: '10' })
    await s.stock(p2, '10')
    const id = await s.order('C1', [{ item: 'P2', quantity: '1' }])
    await s.admin.query('update catalog.item set standard_cost = 19 where id = $1', [p2])
    await s.run(confirm, CLERK, { ids: [id], input: {} })
    expect(
      await s.one("select kind, reason, detail #>> '{lines,0,margin}' as margin from sales.hold where order_id = $1", [
        id,
      ]),
    ).toEqual({ kind: 'margin', reason: 'Margin under the floor of 10 % on 1 line(s)', margin: '5.0' })
    expect(await s.reservedFor(id)).toBe('0')
  })

  test('T-AVL-01: of two orders for the last ten one gets all and the other waits, without an error', async () => {
    const last = await s.item('LAST')
    await s.stock(last, '10')
    await s.customer('CA')
    await s.customer('CB')
    const ids = [
      await s.order('CA', [{ item: 'LAST', quantity: '10' }]),
      await s.order('CB', [{ item: 'LAST', quantity: '10' }]),
    ]
    await Promise.all(ids.map((id) => s.run(confirm, CLERK, { ids: [id], input: {} })))
    const reserved = await Promise.all(ids.map((id) => s.reservedFor(id)))
    expect(reserved.sort()).toEqual(['0', '10'])
    await s.sound()
  })
})

describe('When confirm refuses, nothing moves', () => {
  const cases: readonly [string, string, () => Promise<string>][] = [
    ['an order without lines', 'ORDER_EMPTY', () => s.order('C1', [])],
    [
      'an expired quotation (ORD-05)',
      'QUOTE_EXPIRED',
      async () => {
        const id = await s.order('C1', [{ item: 'P1', quantity: '2' }])
        await s.run(quote, CLERK, { ids: [id], input: { validUntil: '2026-03-02' } })
        await s.admin.query(`update sales.orders set valid_until = '2026-03-01' where id = $1`, [id])
        return id
      },
    ],
    [
      'a customer blocked since',
      'CUSTOMER_NOT_ACTIVE',
      async () => {
        const blocked = await s.customer('C3')
        const id = await s.order('C3', [{ item: 'P1', quantity: '1' }])
        await s.admin.query(`update party.customer set state = 'blocked' where id = $1`, [blocked])
        return id
      },
    ],
    [
      'a customer who orders with numbers of his own only',
      'REFERENCE_NEEDED',
      async () => {
        const strict = await s.customer('C4')
        await s.admin.query('update party.customer set purchase_order_required = true where id = $1', [strict])
        return s.order('C4', [{ item: 'P1', quantity: '1' }])
      },
    ],
    [
      'a price that changed since (ORD-06)',
      'PRICE_CHANGED',
      async () => {
        const p3 = await s.item('P3')
        const id = await s.order('C1', [{ item: 'P3', quantity: '1' }])
        await s.admin.query(`update pricing.condition set amount = 25 where object_id = $1`, [p3])
        return id
      },
    ],
  ]
  test.each(cases)('%s: %s', async (_, code, prepare) => {
    const id = await prepare()
    expect(await refusal(s.run(confirm, CLERK, { ids: [id], input: {} }))).toBe(code)
    expect(await s.reservedFor(id)).toBe('0')
  })
})
