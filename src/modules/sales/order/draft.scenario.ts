// Drafting an order: what the customer asked for, priced, taxed and explained; nothing is promised yet.
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { confirm } from './confirm.ts'
import { draft } from './draft.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  const p1 = await s.item('P1')
  await s.item('DEAR', { price: '' })
  await s.item('GONE', { state: 'inactive' })
  await s.item('OIL', { unit: 'KG' })
  await s.customer('C1')
  await s.customer('C2')
  const blocked = await s.customer('C3')
  await s.admin.query(`update party.customer set state = 'blocked' where id = $1`, [blocked])
  await s.admin.query(
    `insert into catalog.cross_reference (id, scope, party_id, code, item_id) select gen_random_uuid(), 'customer', id, 'X-77', $1 from party.party where code = 'C1'`,
    [p1],
  )
  await s.stock(p1, '1000')
})

describe('A draft says what it will cost and why', () => {
  test("ORD-03 T-Q2C-14: by the customer's own number, through portal and EDI alike, at the same price", async () => {
    for (const channel of ['portal', 'edi']) {
      const id = await s.order('C1', [{ item: 'X-77', quantity: '2', unit: 'BOX' }], {
        channel,
        reference: `PO-${channel}`,
      })
      expect(
        await s.one(
          'select quantity::text, ordered::text, trim_scale(price)::text as price, net::text, requested_code from sales.order_line where order_id = $1',
          [id],
        ),
      ).toEqual({ quantity: '2', ordered: '24', price: '240', net: '480.00', requested_code: 'X-77' })
      expect(
        await s.one('select net::text, tax::text, total::text, channel, state from sales.orders where id = $1', [id]),
      ).toEqual({ net: '480.00', tax: '48.00', total: '528.00', channel, state: 'draft' })
    }
    await s.sound()
  })

  test('T-PRC-02 a price by hand keeps its reason, who gave it and how far he may go', async () => {
    const id = await s.order('C1', [{ item: 'P1', quantity: '1', price: '19.20', reason: 'COMPETITOR-OFFER' }])
    expect(
      await s.one(
        'select trim_scale(price)::text as price, price_reason, price_by, price_limit::text from sales.order_line where order_id = $1',
        [id],
      ),
    ).toEqual({ price: '19.2', price_reason: 'COMPETITOR-OFFER', price_by: CLERK.id, price_limit: '5' })
    await s.run(confirm, CLERK, { ids: [id], input: {} })
    expect(await s.stateOf(id)).toBe('confirmed')
  })
})

describe('When draft refuses, nothing is written', () => {
  const line = (item: string, more = {}) => ({
    customer: 'C1',
    warehouse: 'W2',
    lines: [{ item, quantity: '1', ...more }],
  })
  test.each([
    ['a blocked customer', 'CUSTOMER_NOT_ACTIVE', { ...line('P1'), customer: 'C3' }],
    ['an item that is not sold any more', 'ITEM_NOT_FOR_SALE', line('GONE')],
    ['a unit the item is not sold in', 'UNIT_UNKNOWN', line('P1', { unit: 'KG' })],
    ['half a piece', 'QUANTITY_NOT_WHOLE', line('P1', { quantity: '0.5' })],
    ['nothing of it', 'QUANTITY_NOT_POSITIVE', line('P1', { quantity: '0' })],
    ['more places than a base unit has', 'QUANTITY_INEXACT_IN_BASE', line('ODD', { unit: 'BOX', quantity: '1' })],
    ['no price', 'PRICE_MISSING', line('DEAR')],
    ['a price by hand without reason', 'PRICE_REASON_NEEDED', line('P1', { price: '18' })],
    ['no tax rule', 'TAX_MISSING', line('UNTAXED')],
    ['an item nobody knows', 'ITEM_UNKNOWN', line('NOPE')],
    ['a customer nobody knows', 'UNKNOWN_CODE', { ...line('P1'), customer: 'NOBODY' }],
  ])('%s: %s', async (_, code, input) => {
    if (code === 'QUANTITY_INEXACT_IN_BASE') {
      const odd = await s.item('ODD')
      await s.admin.query(`update catalog.item_unit set num = 1, den = 3 where item_id = $1 and unit = 'BOX'`, [odd])
    }
    if (code === 'TAX_MISSING')
      await s.admin.query(`update catalog.item set tax_class = 'unknown' where id = $1`, [await s.item('UNTAXED')])
    const before = await s.one('select count(*) from sales.orders')
    expect(await refusal(s.run(draft, CLERK, { input: [input] }))).toBe(code)
    expect(await s.one('select count(*) from sales.orders')).toEqual(before)
  })

  test("another customer's address: SHIP_TO_NOT_OURS", async () => {
    const other = await s.one<{ id: string }>(
      `insert into party.ship_to (company_id, id, customer_id, code, name, country) select 1, $1, id, 'S2', 'S2', 'US' from party.customer where code = 'C2' returning id`,
      [newId()],
    )
    expect(await refusal(s.run(draft, CLERK, { input: [{ ...line('P1'), shipTo: other.id }] }))).toBe(
      'SHIP_TO_NOT_OURS',
    )
  })
})
