// Four orders of one March, laid down by the verbs themselves, so small that every figure can be reckoned by hand.
import type pg from 'pg'
import type { Context } from '#kernel/context'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import { credit } from '../../../src/modules/receivables/invoice/credit.ts'
import { issue } from '../../../src/modules/receivables/invoice/issue.ts'
import { receive as pay } from '../../../src/modules/receivables/payment/receive.ts'
import { create } from '../../../src/modules/returns/reason/create.ts'
import { authorise } from '../../../src/modules/returns/rma/authorise.ts'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { hold } from '../../../src/modules/sales/order/hold.ts'
import { releaseHold } from '../../../src/modules/sales/order/release-hold.ts'
import { receive } from '../../../src/modules/warehouse/receipt/receive.ts'
import { release } from '../../../src/modules/warehouse/shipment/release.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { contextOf, person } from '../../support/world.ts'
import { layShop, lineOf } from '../receivables/shop.ts'

const MANAGER = person('Manager', ['sales.order.release-hold'], { role: 'sales-manager' })

/** The system, at 15:00 UTC of a day. */
export const on = (today: string, more: Partial<Context> = {}): Context =>
  contextOf({ today, now: new Date(`${today}T15:00:00Z`), reason: 'as told', ...more })

/**
 * Monday 2 March: O1 10 × P1 and O2 5 × P1 + 10 × Q leave at once, 4 of Q only, because there are no more; O3 20 × P1 waits;
 * O4 2 × P1 for 15 instead of 20, by hand, never leaves. Each promised for the 3rd, Q for no day. O3 is held from Friday
 * the 6th to Monday the 9th, and leaves on the 9th. O1 is invoiced on the 3rd (220 with tax) and credited on the 10th, O3
 * invoiced on the 9th (440), of which 340 are paid on the 11th; a line of O3 is to come back on the 11th; O2 is invoiced on 1 April (145.20).
 */
export async function layMarch(kernel: Kernel, admin: pg.Client) {
  const shop = await layShop(kernel, admin)
  await scarce(admin, kernel)
  const order = async (lines: { item: string; quantity: string; price?: string; reason?: string }[]) => {
    const { ids } = await draft.run(kernel, on('2026-03-02'), {
      input: [{ customer: 'C1', warehouse: shop.warehouse, lines }],
    })
    await confirm.run(kernel, on('2026-03-02'), { ids, input: {} })
    return ids[0] ?? ''
  }
  const leave = async (id: string, day: string) => {
    const { ids } = await release.run(kernel, on(day), { input: [{ order: id }] })
    await ship.run(kernel, on(day), { ids, input: {} })
  }
  const invoice = async (id: string, day: string) =>
    (await issue.run(kernel, on(day), { input: [{ order: id }] })).ids[0] ?? ''
  const o1 = await order([{ item: 'P1', quantity: '10' }])
  const o2 = await order([
    { item: 'P1', quantity: '5' },
    { item: 'Q', quantity: '10' },
  ])
  const o3 = await order([{ item: 'P1', quantity: '20' }])
  const o4 = await order([{ item: 'P1', quantity: '2', price: '15', reason: 'COMPETITOR-OFFER' }])
  await leave(o1, '2026-03-02')
  await leave(o2, '2026-03-02')
  const first = await invoice(o1, '2026-03-03')
  await hold.run(kernel, on('2026-03-06'), { ids: [o3], input: {} })
  await releaseHold.run(kernel, on('2026-03-09', { principal: MANAGER }), { ids: [o3], input: {} })
  await leave(o3, '2026-03-09')
  const second = await invoice(o3, '2026-03-09')
  await credit.run(kernel, on('2026-03-10'), { ids: [first], input: {} })
  await pay.run(kernel, on('2026-03-11'), {
    input: [{ customer: 'C1', amount: '340', apply: [{ invoice: second, amount: '340' }] }],
  })
  await create.run(kernel, on('2026-03-11'), {
    input: [{ code: 'WRONG-ITEM', name: 'We sent the wrong item', windowDays: 60 }],
  })
  const line = await lineOf(admin, o3)
  await authorise.run(kernel, on('2026-03-11'), {
    input: [{ customer: 'C1', warehouse: 'W2', reason: 'WRONG-ITEM', lines: [{ orderLine: line.id, quantity: '1' }] }],
  })
  await invoice(o2, '2026-04-01')
  return { ...shop, orders: { o1, o2, o3, o4 } }
}

/** Q sells for 8, and there are four of it. */
async function scarce(admin: pg.Client, kernel: Kernel): Promise<void> {
  const id = newId()
  await admin.query(
    `insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, state, created_at, updated_at) values ($1, 'Q', 'Q', 'EA', 'EA', 5, 'active', now(), now())`,
    [id],
  )
  await admin.query(
    `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
     select 1, gen_random_uuid(), 'list', 80, l.id, $1, l.currency, 'price', 8 from pricing.list l`,
    [id],
  )
  await receive.run(kernel, contextOf(), {
    input: [{ warehouse: 'W2', kind: 'opening', lines: [{ item: 'Q', quantity: '4', unitCost: '5' }] }],
  })
}
