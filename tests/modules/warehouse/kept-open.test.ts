// ORD-10: a rest is kept open as many days after the first shipment as the rule says, then it is cancelled by itself.
import { beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { verify } from '#kernel/verify'
import { modules } from '../../../src/modules/index.ts'
import { allocate } from '../../../src/modules/sales/order/allocate.ts'
import { hold } from '../../../src/modules/sales/order/hold.ts'
import { jobs } from '../../../src/modules/warehouse/jobs.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { openShop, type Shop } from './shop.ts'

let s: Shop
beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await s.admin.query(
    `insert into sales.backorder_rule (company_id, code, name, policy, keep_open_days) values (1, 'THIRTY', 'Thirty days', 'ship-and-backorder', 30)`,
  )
  await s.admin.query(`update party.customer set backorder_rule = 'THIRTY'`)
})

const night = (today: string) =>
  transaction(s.kernel.pool, { companies: [ALPHA] }, async (tx) => {
    const job = jobs['warehouse.end-backorders']
    if (!job) throw new Error('no such job')
    const context = contextOf({ channel: 'job', today, now: new Date(`${today}T08:30:00Z`), key: `job:${today}` })
    await job.run({ tx, kernel: s.kernel, context, payload: {}, jobId: today, attempt: 1 })
  })

/** 30 are ordered on 2 March: 10 are there and leave, 4 more come and are promised, 16 wait. */
const partly = async (code: string, given: { listed?: true } = {}) => {
  await s.item(code)
  await s.stock('W2', code, '10')
  const id = await s.order('W2', [{ item: code, quantity: '30' }])
  await s.run(ship, [await s.release(id)])
  await s.stock('W2', code, '4')
  await s.run(allocate, [id])
  if (given.listed) await s.release(id)
  return id
}
const standing = async (id: string) => {
  const { rows } = await s.admin.query(
    `select o.state, o.closed_reason, sum(l.cancelled)::float as cancelled,
        (select coalesce(sum(quantity), 0)::float from inventory.reservation where source_id = o.id) as reserved
      from sales.orders o join sales.order_line l on l.order_id = o.id where o.id = $1 group by o.id, o.state, o.closed_reason`,
    [id],
  )
  return rows[0]
}

test('ORD-10: on its last day a rest waits, a day later it is cancelled with the rule as the reason; stock and credit are free', async () => {
  const [plain, listed, held] = [await partly('K1'), await partly('K2', { listed: true }), await partly('K3')]
  await s.run(hold, [held], {}, { reason: 'a question' })
  const never = await s.order('W2', [{ item: 'K1', quantity: '5' }])
  const open = () => s.value<string>('select open_orders::text from credit.account')
  const before = Number(await open())
  await night('2026-04-01')
  expect(await standing(plain)).toEqual({ state: 'confirmed', closed_reason: null, cancelled: 0, reserved: 4 })
  await night('2026-04-02')
  const reason = 'rest cancelled: rule THIRTY keeps it open for 30 days after the first shipment'
  const ended = { state: 'closed', closed_reason: reason, cancelled: 20, reserved: 0 }
  expect(await standing(plain)).toEqual(ended)
  expect(await standing(held)).toEqual(ended)
  // 20 pieces at 20 and ten percent of tax: gone from what the customer has on order. The held one counted no more already.
  expect(before - Number(await open())).toBe(440)
  // Goods on a list go first; an order of which nothing has left is not a rest.
  expect([(await standing(listed)).state, (await standing(never)).state]).toEqual(['confirmed', 'confirmed'])
  const said = () =>
    s.value<string>(
      `select string_agg(payload::jsonb ->> 'reason', '; ') from kernel.audit where document_id = $1 and verb = 'close'`,
      [plain],
    )
  expect(await said()).toBe(reason)
  await night('2026-04-03')
  expect(await said()).toBe(reason)
  const all = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
  const { checks } = await verify(s.kernel.pool, [ALPHA], all)
  expect(checks.filter((one) => !one.ok).map((one) => [one.id, one.examples])).toEqual([])
})
