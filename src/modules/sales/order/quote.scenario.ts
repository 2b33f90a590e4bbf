// Quoting: an offer holds its prices until its day; after that it is priced again before it becomes an order.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { confirm } from './confirm.ts'
import { quote } from './quote.ts'
import { reprice } from './reprice.ts'

let s: Shop
let p1: string

beforeAll(async () => {
  s = await shop()
  p1 = await s.item('P1')
  await s.customer('C1')
  await s.stock(p1, '100')
})

test('ORD-05 T-Q2C-02: an expired quotation is priced again, keeps the evidence, and becomes an order at the new price', async () => {
  const id = await s.order('C1', [{ item: 'P1', quantity: '10' }])
  await s.run(quote, CLERK, { ids: [id], input: { validUntil: '2026-03-04' } })
  await s.admin.query('update pricing.condition set amount = 22 where object_id = $1', [p1])
  const later = { today: '2026-03-05', now: new Date('2026-03-05T15:00:00Z') }
  expect(await refusal(s.run(confirm, CLERK, { ids: [id], input: {} }, later))).toBe('QUOTE_EXPIRED')
  expect(await s.reservedFor(id)).toBe('0')
  await s.run(reprice, CLERK, { ids: [id], input: { validUntil: '2026-03-20' } }, later)
  expect(await s.stateOf(id)).toBe('quoted')
  await s.run(confirm, CLERK, { ids: [id], input: {} }, later)
  expect(
    await s.one(
      'select o.state, trim_scale(l.price)::text as price, o.net::text from sales.orders o join sales.order_line l on l.order_id = o.id where o.id = $1',
      [id],
    ),
  ).toEqual({ state: 'confirmed', price: '22', net: '220.00' })
  const leaf = await s.one<{ payload: string }>(
    `select payload from kernel.audit where document_id = $1 and verb = 'reprice'`,
    [id],
  )
  expect(JSON.parse(leaf.payload).changes.lines['1'].price).toEqual(['20', '22'])
})

test('ORD-05: a valid quotation keeps its prices though the list went up', async () => {
  const id = await s.order('C1', [{ item: 'P1', quantity: '4' }])
  await s.run(quote, CLERK, { ids: [id], input: {} })
  expect(
    (await s.one<{ until: string }>('select valid_until::text as until from sales.orders where id = $1', [id])).until,
  ).toBe('2026-04-01')
  await s.admin.query('update pricing.condition set amount = 30 where object_id = $1', [p1])
  await s.run(confirm, CLERK, { ids: [id], input: {} })
  expect(
    await s.one('select trim_scale(price)::text as price from sales.order_line where order_id = $1', [id]),
  ).toEqual({ price: '22' })
  await s.sound()
})

test.each([
  ['nothing to offer', 'ORDER_EMPTY', [], {}],
  ['a day that is past', 'QUOTE_DATE_PAST', [{ item: 'P1', quantity: '1' }], { validUntil: '2026-03-01' }],
])('%s: %s', async (_, code, lines, input) => {
  const id = await s.order('C1', lines)
  expect(await refusal(s.run(quote, CLERK, { ids: [id], input }))).toBe(code)
  expect(await s.stateOf(id)).toBe('draft')
})
