// Substituting: another item stands in for what is short, at the price the rule says, if the customer agreed.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { substitute } from './substitute.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.customer('YES', { consents: true })
  await s.customer('NO')
})
const pair = async (from: string, to: string, rule: string, price: string, rank = 1, twoWay = false) => {
  await s.admin.query(
    `insert into catalog.substitute (item_id, substitute_id, rank, price_rule, needs_consent, two_way)
    select a.id, b.id, $3, $4, true, $5 from catalog.item a, catalog.item b where a.code = $1 and b.code = $2`,
    [from, to, rank, rule, twoWay],
  )
  return price
}
const lines = async (id: string) =>
  (
    await s.admin.query(
      `select i.code as item, q.code as requested, trim_scale(l.ordered - l.cancelled)::text as wanted, trim_scale(l.price)::text as price from sales.order_line l
  join catalog.item i on i.id = l.item_id left join catalog.item q on q.id = l.requested_item_id where l.order_id = $1 order by l.line`,
      [id],
    )
  ).rows

test.each([
  ['lower', '20'],
  ['keep', '20'],
  ['own', '22'],
])('T-AVL-11 ORD-12: with consent the stand-in is supplied at the %s price', async (rule, price) => {
  const [from, to] = [`A-${rule}`, `B-${rule}`]
  await s.item(from)
  await s.stock(await s.item(to, { price: '22' }), '10')
  await pair(from, to, rule, '22')
  const id = await s.confirmed('YES', [{ item: from, quantity: '10' }])
  await s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 1 }] } })
  expect(await lines(id)).toEqual([
    { item: from, requested: null, wanted: '0', price: '20' },
    { item: to, requested: from, wanted: '10', price },
  ])
  expect(await s.reservedFor(id)).toBe('10')
  await s.sound()
})

test('T-AVL-12: without consent there is none, and the order waits', async () => {
  const id = await s.confirmed('NO', [{ item: 'A-lower', quantity: '10' }])
  expect(await refusal(s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 1, item: 'B-lower' }] } }))).toBe(
    'NO_SUBSTITUTE',
  )
  expect(await lines(id)).toEqual([{ item: 'A-lower', requested: null, wanted: '10', price: '20' }])
})

test('T-AVL-13: four of the old item, then six of its successor, one request', async () => {
  const next = await s.item('P1N')
  const old = await s.item('P1', { state: 'obsolete' })
  await s.admin.query('update catalog.item set successor_id = $2 where id = $1', [old, next])
  await s.stock(old, '4')
  await s.stock(next, '100')
  const id = await s.confirmed('NO', [{ item: 'P1', quantity: '10' }])
  const answer = await s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 1 }] } })
  expect(answer.states).toEqual({ [id]: 'confirmed' })
  expect(await lines(id)).toEqual([
    { item: 'P1', requested: null, wanted: '4', price: '20' },
    { item: 'P1N', requested: 'P1', wanted: '6', price: '20' },
  ])
  expect(await s.reservedFor(id)).toBe('10')
  expect(await s.one('select net::text from sales.orders where id = $1', [id])).toEqual({ net: '200.00' })
  await s.sound()
})

test('the ranked one that covers the quantity comes first, and both ways where that is said', async () => {
  await s.item('X1')
  await s.stock(await s.item('X2'), '1')
  await s.stock(await s.item('X3'), '50')
  await pair('X1', 'X2', 'keep', '20', 1)
  await pair('X3', 'X1', 'keep', '20', 1, true)
  const id = await s.confirmed('YES', [{ item: 'X1', quantity: '5' }])
  await s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 1 }] } })
  expect((await lines(id))[1]).toMatchObject({ item: 'X3', requested: 'X1' })
})

test('nothing is short: NOTHING_TO_ALLOCATE; no such line: LINE_UNKNOWN', async () => {
  await s.stock((await s.one<{ id: string }>(`select id from catalog.item where code = 'A-own'`)).id, '7')
  const id = await s.confirmed('YES', [{ item: 'A-own', quantity: '7' }])
  expect(await refusal(s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 1 }] } }))).toBe(
    'NOTHING_TO_ALLOCATE',
  )
  expect(await refusal(s.run(substitute, CLERK, { ids: [id], input: { lines: [{ line: 4 }] } }))).toBe('LINE_UNKNOWN')
})
