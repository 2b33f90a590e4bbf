// Releasing a price: who may is the matrix's to say, never who asked; another price is another question.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { CLERK, MANAGER, refusal, type Shop, shop, worker } from '../../../../tests/modules/sales/shop.ts'
import { change } from './change.ts'
import { releasePrice } from './release-price.ts'

const CONTROLLER = worker('Controller', 'finance-controller')
let s: Shop
let quantity = 0

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '10000')
  await s.customer('C1')
  for (const [role, above, upTo, sequence] of [
    ['sales-manager', 5, 15, 1],
    ['sales-manager', 15, null, 1],
    ['finance-controller', 15, null, 2],
  ] as const) {
    await s.admin.query(
      `insert into kernel.approval_rule (company_id, id, kind, role, above, up_to, sequence) values (1, gen_random_uuid(), 'price-override', $1, $2, $3, $4)`,
      [role, above, upTo, sequence],
    )
  }
})
beforeEach(() => {
  quantity += 20
})
const order = (price: string, principal = CLERK) =>
  s.confirmed('C1', [{ item: 'P1', quantity: String(quantity), price, reason: 'COMPETITOR-OFFER' }], {}, principal)
const release = (principal: typeof CLERK, id: string) =>
  s.run(releasePrice, principal, { ids: [id], input: {} }, { reason: 'agreed on the phone' })

test('T-PRC-03 PRC-11: beyond the limit it is held with margin before and after, and the clerk cannot approve his own', async () => {
  const id = await order('17')
  expect(await s.stateOf(id)).toBe('on_hold')
  expect(await s.reservedFor(id)).toBe('0')
  const { detail } = await s.one<{ detail: { lines: Record<string, string>[] } }>(
    `select detail from sales.hold where order_id = $1`,
    [id],
  )
  expect(detail.lines[0]).toMatchObject({
    line: 1,
    price: '17',
    resolved: '20',
    margin_before: '50.0',
    margin_after: '41.2',
    reason: 'COMPETITOR-OFFER',
  })
  expect(await refusal(release(CLERK, id))).toBe('REQUESTER_RELEASES')
  await release(MANAGER, id)
  expect(await s.stateOf(id)).toBe('confirmed')
  expect(await s.reservedFor(id)).toBe(String(quantity))
  await s.sound()
})

test('more than fifteen percent takes two people, one after the other', async () => {
  const id = await order('16')
  expect(await refusal(release(CONTROLLER, id))).toBe('NOT_YOUR_DECISION')
  await release(MANAGER, id)
  expect(await s.stateOf(id)).toBe('on_hold')
  await release(CONTROLLER, id)
  expect(await s.stateOf(id)).toBe('confirmed')
})

test('T-PRC-04: a price changed after it was agreed to voids the agreement and holds the order again', async () => {
  const id = await order('17')
  await release(MANAGER, id)
  const answer = await s.run(change, CLERK, {
    ids: [id],
    input: { lines: [{ line: 1, price: '16.50', reason: 'VOLUME-PROMISED' }] },
  })
  expect(answer.states).toEqual({ [id]: 'on_hold' })
  expect(await s.reservedFor(id)).toBe('0')
  expect(await s.openHolds(id)).toBe('price')
  // Back to the old price: the old agreement is void all the same.
  await s.run(change, CLERK, { ids: [id], input: { lines: [{ line: 1, price: '17', reason: 'VOLUME-PROMISED' }] } })
  expect(await s.stateOf(id)).toBe('on_hold')
  await s.sound()
})

test('an order nobody has to agree to: RELEASE_NEEDS_HOLD', async () => {
  const id = await order('17')
  await release(MANAGER, id)
  await s.admin.query(`update sales.orders set state = 'on_hold' where id = $1`, [id])
  expect(await refusal(release(MANAGER, id))).toBe('RELEASE_NEEDS_HOLD')
  await s.admin.query(`update sales.orders set state = 'confirmed' where id = $1`, [id])
})
