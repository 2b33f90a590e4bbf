// Releasing credit: one order, up to an amount, until a time, by somebody else than who entered it.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, OFFICER, person, refusal, type Shop, shop } from '../../../../tests/modules/sales/shop.ts'
import { confirm } from './confirm.ts'
import { releaseCredit } from './release-credit.ts'

let s: Shop

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '1000')
})

const held = async (code: string, quantity = '10') => {
  await s.customer(code, { limit: '100' })
  const id = await s.confirmed(code, [{ item: 'P1', quantity }])
  expect(await s.openHolds(id)).toBe('credit')
  return id
}

test('CRD-05 T-CRD-05: up to 300 for two days; the order goes on with its stock, and the evidence stays', async () => {
  const id = await held('C1')
  await s.run(
    releaseCredit,
    OFFICER,
    { ids: [id], input: { upTo: '300', until: '2026-03-04T15:00:00Z' } },
    { reason: 'paid by phone' },
  )
  expect(await s.stateOf(id)).toBe('confirmed')
  expect(await s.reservedFor(id)).toBe('10')
  expect(
    await s.one(
      'select released_by, release_reason, release_up_to::text, release_expires_at from sales.hold where order_id = $1',
      [id],
    ),
  ).toEqual({
    released_by: OFFICER.id,
    release_reason: 'paid by phone',
    release_up_to: '300',
    release_expires_at: new Date('2026-03-04T15:00:00Z'),
  })
  expect(
    await s.one(`select outcome, up_to::text from credit.decision where order_id = $1 and outcome = 'released'`, [id]),
  ).toEqual({ outcome: 'released', up_to: '300' })
  await s.sound()
})

test('a release too small leaves the order held, and says why', async () => {
  const id = await held('C2')
  const answer = await s.run(releaseCredit, OFFICER, { ids: [id], input: { upTo: '50' } }, { reason: 'a part' })
  expect(answer.states).toEqual({ [id]: 'on_hold' })
  expect(
    await s.one(
      `select detail #>> '{release,state}' as state from sales.hold where order_id = $1 and released_at is null`,
      [id],
    ),
  ).toEqual({ state: 'too small' })
  expect(await s.reservedFor(id)).toBe('0')
  await s.sound()
})

test('T-CRD-06 ORD-04: who entered it or may not: REQUESTER_RELEASES, NOT_ALLOWED, REASON_NEEDED', async () => {
  const id = await held('C3')
  const release = (principal: typeof CLERK, reason?: string) =>
    s.run(releaseCredit, principal, { ids: [id], input: {} }, reason ? { reason } : {})
  expect(await refusal(release(CLERK, 'mine'))).toBe('REQUESTER_RELEASES')
  expect(await refusal(release(person('Other', ['sales.order.confirm'], { role: 'sales-clerk' }), 'x'))).toBe(
    'NOT_ALLOWED',
  )
  expect(await refusal(release(OFFICER))).toBe('REASON_NEEDED')
  expect(await refusal(s.run(confirm, CLERK, { ids: [id], input: {} }))).toBe('WRONG_STATE')
  expect(await s.openHolds(id)).toBe('credit')
})

test('a release that would not end: CREDIT_RELEASE_EXPIRY', async () => {
  const id = await held('C4')
  expect(
    await refusal(
      s.run(releaseCredit, OFFICER, { ids: [id], input: { until: '2027-01-01T00:00:00Z' } }, { reason: 'for ever' }),
    ),
  ).toBe('CREDIT_RELEASE_EXPIRY')
  expect(await s.openHolds(id)).toBe('credit')
})

test('CRD-05 a release without an amount covers the order to the cent, also where lines come to parts of one', async () => {
  const odd = await s.item('ODD', { price: '25.6075' })
  await s.stock(odd, '1000')
  await s.customer('C9', { limit: '100' })
  const id = await s.confirmed('C9', [{ item: 'ODD', quantity: '100' }])
  expect(await s.openHolds(id)).toBe('credit')
  await s.run(releaseCredit, OFFICER, { ids: [id], input: {} }, { reason: 'known for years' })
  const release = await s.one(
    'select release_up_to >= o.total as covered, release_up_to = o.total as exact from sales.hold h join sales.orders o on o.id = h.order_id where h.order_id = $1',
    [id],
  )
  expect(release).toEqual({ covered: true, exact: true })
})
