// The questions that people ask about orders, each answered from one small story.
import { beforeAll, expect, test } from 'vitest'
import { quote } from '../../../src/modules/sales/order/quote.ts'
import { releaseHold } from '../../../src/modules/sales/order/release-hold.ts'
import { backlog } from '../../../src/modules/sales/questions/backlog.ts'
import { duplicates } from '../../../src/modules/sales/questions/duplicates.ts'
import { holds } from '../../../src/modules/sales/questions/holds.ts'
import { marginLeakage } from '../../../src/modules/sales/questions/margin-leakage.ts'
import { orderChain } from '../../../src/modules/sales/questions/order-chain.ts'
import { orderLines } from '../../../src/modules/sales/questions/order-lines.ts'
import { why } from '../../../src/modules/sales/questions/why.ts'
import { CLERK, contextOf, MANAGER, person, refusal, type Shop, shop } from './shop.ts'

const READER = person('Reader', ['sales.order.read'])
let s: Shop
let shipped: string
let waiting: string
let held: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
  const p2 = await s.item('P2', { price: '9', cost: '5' })
  await s.stock(p2, '4')
  await s.customer('C1')
  await s.customer('C2', { limit: '100' })
  shipped = await s.confirmed(
    'C1',
    [
      { item: 'P1', quantity: '10' },
      { item: 'P2', quantity: '4' },
    ],
    { reference: 'PO-1' },
  )
  await s.ship(shipped, '7')
  waiting = await s.confirmed('C1', [
    { item: 'P1', quantity: '30', price: '19.50', reason: 'COMPETITOR-OFFER' },
    { item: 'P2', quantity: '6' },
  ])
  held = await s.confirmed('C2', [{ item: 'P1', quantity: '20' }])
  // A contract that ended last week is still missed aloud.
  await s.admin.query(
    `insert into pricing.condition (company_id, id, kind, rank, subject_id, object_id, currency, method, amount, valid)
    select 1, gen_random_uuid(), 'contract', 10, c.id, $1, 'USD', 'price', 7, '[2025-01-01,2026-02-28)' from party.customer c where c.code = 'C1'`,
    [p2],
  )
})

test('ORD-02: one order, line by line: the single blocking reason and whose turn it is', async () => {
  expect(await s.ask(orderChain, { order: shipped }, READER)).toMatchObject([
    {
      line: 1,
      item: 'P1',
      ordered: '10',
      allocated: '3',
      shipped: '7',
      open: '3',
      to_invoice: '7',
      status: 'partially_shipped',
      blocking: 'warehouse',
      role: 'warehouse-lead',
    },
    { line: 2, item: 'P2', allocated: '4', open: '4', status: 'allocated', blocking: 'warehouse' },
  ])
  expect(await s.ask(orderChain, { order: waiting }, READER)).toMatchObject([
    { line: 1, status: 'allocated', blocking: 'warehouse' },
    {
      line: 2,
      status: 'confirmed',
      blocking: 'stock',
      role: 'buyer',
      reason: 'Nothing is there and nothing is on its way: 6 missing',
    },
  ])
  expect(await s.ask(orderChain, { order: held }, READER)).toMatchObject([
    { status: 'on_hold', blocking: 'credit', reason: 'over-limit', role: 'credit-officer' },
  ])
})

test('CRD-04 ORD-04: the queue of the credit officer, with exposure, suggestion, age and what is overdue', async () => {
  const [mine, ...others] = await holds.ask<Record<string, unknown>>(
    s.kernel,
    contextOf({ principal: READER, now: new Date('2026-03-03T00:30:00Z') }),
    { role: 'credit-officer' },
  )
  expect(others).toEqual([])
  expect(mine).toMatchObject({
    order_id: held,
    customer: 'C2',
    kind: 'credit',
    reason: 'over-limit',
    role: 'credit-officer',
    age_hours: 9,
    overdue: true,
    escalated_to: 'finance-controller',
    suggestion: 'Wait for a payment of 340.0000, raise the limit, or release this order',
    exposure: { this: '440.0000', limit: '100' },
  })
  expect(mine).not.toHaveProperty('margin')
  expect(await s.ask(holds, { kind: 'price' }, READER)).toEqual([])
})

test('the backlog: what is open, most urgent first, and what of it waits', async () => {
  const rows = await s.ask(backlog, {}, READER)
  expect(rows.map((row) => [row.item, row.open, row.reserved, row.waiting, row.worth])).toEqual([
    ['P2', '6', '0', '6', '59.4000'],
    ['P1', '3', '3', '0', '66.0000'],
    ['P2', '4', '4', '0', '39.6000'],
    ['P1', '30', '30', '0', '643.5000'],
  ])
  expect(await s.ask(backlog, { late: true }, READER)).toHaveLength(1)
})

test('order lines as they stand and as they stood; cost and margin for those who may see them', async () => {
  const now = await s.ask(orderLines, { state: 'confirmed' }, READER)
  expect(now.find((row) => row.order_id === shipped && row.item === 'P1')).toMatchObject({
    shipped: '7',
    price: '20',
    net: '200.00',
    reference: 'PO-1',
  })
  expect(now[0]).not.toHaveProperty('margin')
  expect(
    (await s.ask(orderLines, {}, MANAGER)).find((row) => row.order_id === shipped && row.item === 'P1'),
  ).toMatchObject({ unit_cost: '10', margin: '100.00' })
  await s.admin.query(`update sales.orders set ordered_on = '2026-02-20' where id = $1`, [shipped])
  expect((await s.ask(orderLines, { asOf: '2026-02-28' }, READER)).filter((row) => row.item === 'P1')).toMatchObject([
    { shipped: '0', promise: null },
  ])
  await s.admin.query(`update sales.orders set ordered_on = '2026-03-02' where id = $1`, [shipped])
})

test('why: price, hold, credit, promise and reservation of a line, each with its terms', async () => {
  const line = (await s.lineOf(waiting)).id
  const answers = await s.ask<{ about: string; says: string }>(why, { line }, READER)
  expect(answers.map((one) => one.about)).toEqual(['price', 'promise', 'reservation'])
  expect(answers[0]?.says).toBe('Price 19.5 by hand: COMPETITOR-OFFER instead of 20')
  expect(answers[2]?.says).toBe('30 reserved at STOCK (confirm)')
  const stopped = await s.ask<{ about: string; says: string }>(why, { line: (await s.lineOf(held)).id }, READER)
  expect(stopped.map((one) => one.says)).toEqual([
    'Price 20 by the rules',
    'credit: over-limit (open, credit-officer decides)',
    'confirm: hold, over-limit',
  ])
})

test('PRC-09 T-PRC-06: leakage by person and reason, and an ended agreement is missed aloud, more so when forced', async () => {
  const id = await s.order('C1', [{ item: 'P2', quantity: '40', price: '8.60', reason: 'OLD-PRICE-HONOURED' }])
  await s.run(quote, CLERK, { ids: [id], input: {} })
  await s.admin.query(`update sales.orders set state = 'confirmed' where id = $1`, [id])
  const rows = await s.ask<Record<string, unknown>>(marginLeakage, { from: '2026-03-01', until: '2026-03-31' }, MANAGER)
  expect(
    rows.map(({ user, reason, lines, list, charged, given_by_hand, expired_forced }) => ({
      user,
      reason,
      lines,
      list,
      charged,
      given_by_hand,
      expired_forced,
    })),
  ).toEqual([
    {
      user: CLERK.id,
      reason: 'OLD-PRICE-HONOURED',
      lines: 1,
      list: '360.00',
      charged: '344.00',
      given_by_hand: '16.00',
      expired_forced: 1,
    },
    {
      user: CLERK.id,
      reason: 'COMPETITOR-OFFER',
      lines: 1,
      list: '600.00',
      charged: '585.00',
      given_by_hand: '15.00',
      expired_forced: 0,
    },
    { user: null, reason: null, lines: 4, list: '690.00', charged: '690.00', given_by_hand: '0.00', expired_forced: 0 },
  ])
  expect(await refusal(s.ask(marginLeakage, { from: '2026-03-01', until: '2026-03-31' }, READER))).toBe('NOT_ALLOWED')
  await s.admin.query(`update sales.orders set state = 'quoted' where id = $1`, [id])
})

test('ORD-08: orders that look alike beside the one they look like, and what was decided', async () => {
  const again = await s.confirmed('C1', [{ item: 'P1', quantity: '1' }], { reference: 'PO-1', channel: 'edi' })
  expect(await s.ask(duplicates, {}, READER)).toMatchObject([
    {
      order_id: again,
      looks_like_id: shipped,
      why: 'same customer order number PO-1',
      channel: 'edi',
      other_channel: 'inside',
      decision: 'open',
    },
  ])
  await s.run(releaseHold, MANAGER, { ids: [again], input: {} }, { reason: 'a second delivery' })
  expect(await s.ask(duplicates, {}, READER)).toMatchObject([{ decision: 'let go: a second delivery' }])
})

test('ORD-01: one status for all, derived, at the speed of a page', async () => {
  const rows = await s.admin.query(
    'select id, status from sales.v_order_progress where company_id = 1 order by ordered_on desc, id desc',
  )
  const status = new Map(rows.rows.map((row) => [row.id, row.status]))
  expect([status.get(shipped), status.get(waiting), status.get(held)]).toEqual([
    'partially_shipped',
    'confirmed',
    'on_hold',
  ])
})
