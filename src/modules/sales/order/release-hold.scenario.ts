// Letting go of an address, a look-alike or a manual hold: by the role that owns it, and not by who was stopped.
import { beforeAll, expect, test } from 'vitest'
import { type CLERK, MANAGER, refusal, type Shop, STEWARD, shop, worker } from '../../../../tests/modules/sales/shop.ts'
import { hold } from './hold.ts'
import { releaseHold } from './release-hold.ts'

const SECOND = worker('Second manager', 'sales-manager')
let s: Shop
let c1: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '1000')
  c1 = await s.customer('C1')
})
const letGo = (principal: typeof CLERK, id: string) =>
  s.run(releaseHold, principal, { ids: [id], input: {} }, { reason: 'looked at' })

test('ORD-08: the same order number of the customer again, in another channel, is held, and the sales manager lets it go', async () => {
  const first = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }], { reference: 'PO-1' })
  const second = await s.confirmed('C1', [{ item: 'P1', quantity: '90' }], { reference: 'PO-1', channel: 'edi' })
  expect([await s.stateOf(first), await s.stateOf(second)]).toEqual(['confirmed', 'on_hold'])
  expect(await s.openHolds(second)).toBe('duplicate')
  expect(await refusal(letGo(STEWARD, second))).toBe('ROLE_RELEASES')
  await letGo(MANAGER, second)
  expect(await s.stateOf(second)).toBe('confirmed')
  await s.sound()
})

test('ORD-04: the steward lets a closed address go, and nobody else does', async () => {
  await s.admin.query(
    `insert into party.ship_to (company_id, id, customer_id, code, name, country, state) values (1, gen_random_uuid(), $1, 'OLD', 'Old', 'US', 'closed')`,
    [c1],
  )
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '200' }], { shipTo: 'OLD' })
  expect(await refusal(letGo(MANAGER, id))).toBe('ROLE_RELEASES')
  await letGo(STEWARD, id)
  expect(await s.stateOf(id)).toBe('confirmed')
})

test('a manual hold: REQUESTER_RELEASES for who placed it; a draft that was stopped is a draft again', async () => {
  const id = await s.order('C1', [{ item: 'P1', quantity: '300' }])
  await s.run(hold, MANAGER, { ids: [id], input: {} }, { reason: 'wait for the drawing' })
  expect(await refusal(letGo(MANAGER, id))).toBe('REQUESTER_RELEASES')
  await letGo(SECOND, id)
  expect(await s.stateOf(id)).toBe('draft')
  expect(await s.reservedFor(id)).toBe('0')
})

test('nothing of the kind is open: RELEASE_NEEDS_HOLD', async () => {
  const id = await s.order('C1', [{ item: 'P1', quantity: '400' }])
  await s.run(hold, MANAGER, { ids: [id], input: {} }, { reason: 'wait' })
  expect(
    await refusal(s.run(releaseHold, STEWARD, { ids: [id], input: { kinds: ['address'] } }, { reason: 'x' })),
  ).toBe('RELEASE_NEEDS_HOLD')
})
