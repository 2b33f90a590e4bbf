// Holding by hand: the order keeps its lines and gives back everything else, until it is let go.
import { beforeAll, expect, test } from 'vitest'
import { CLERK, MANAGER, refusal, type Shop, shop, worker } from '../../../../tests/modules/sales/shop.ts'
import { hold } from './hold.ts'
import { releaseHold } from './release-hold.ts'

let s: Shop
let c1: string

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100')
  c1 = await s.customer('C1')
})

test('ORD-04: a held order allocates and ships nothing; let go, it is promised again', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '10' }])
  await s.run(hold, MANAGER, { ids: [id], input: {} }, { reason: 'customer moves house' })
  expect(await s.stateOf(id)).toBe('on_hold')
  expect(await s.reservedFor(id)).toBe('0')
  expect(await s.exposure(c1)).toEqual({ open_orders: '0', unbilled: '0' })
  expect(await refusal(s.ship(id, '1'))).toBe('ORDER_STOPPED')
  await s.sound()
  await s.run(releaseHold, worker('Second', 'sales-manager'), { ids: [id], input: {} }, { reason: 'moved' })
  expect(await s.reservedFor(id)).toBe('10')
  expect(await s.exposure(c1)).toEqual({ open_orders: '220', unbilled: '0' })
  expect(
    (
      await s.admin.query(
        'select reason from sales.promise p join sales.order_line l on l.id = p.order_line_id where l.order_id = $1 order by p.at, p.id',
        [id],
      )
    ).rows,
  ).toHaveLength(3)
  await s.sound()
})

test('without a reason: REASON_NEEDED', async () => {
  const id = await s.confirmed('C1', [{ item: 'P1', quantity: '20' }])
  expect(await refusal(s.run(hold, CLERK, { ids: [id], input: {} }))).toBe('REASON_NEEDED')
  expect(await s.stateOf(id)).toBe('confirmed')
})
