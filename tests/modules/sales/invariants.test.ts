// Every invariant of sales turns red for the corruption it is for, and for no other.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { invariants } from '../../../src/modules/sales/invariants.ts'
import { hold } from '../../../src/modules/sales/order/hold.ts'
import { MANAGER, type Shop, shop } from './shop.ts'

let s: Shop
let id: string
let size = 0

beforeAll(async () => {
  s = await shop()
  await s.stock(await s.item('P1'), '100000')
  await s.customer('C1')
  for (const constraint of [
    'quantities',
    'credited_within_invoiced',
    'order_line_quantity_check',
    'order_line_ordered_check',
  ])
    await s.admin.query(`alter table sales.order_line drop constraint if exists ${constraint}`)
})
beforeEach(async () => {
  size += 100
  id = await s.confirmed('C1', [{ item: 'P1', quantity: String(size) }])
  await s.sound()
})

const line = (change: string) => async () => {
  await s.admin.query(`update sales.order_line set ${change} where order_id = $1`, [id])
}
const order = (change: string) => async () => {
  await s.admin.query(`update sales.orders set ${change} where id = $1`, [id])
}
const corruptions: readonly [invariant: string, what: string, break_: () => Promise<unknown>, also: string[]][] = [
  ['I08', 'stock is kept for a cancelled order', order(`state = 'cancelled'`), ['I37', 'S03']],
  [
    'I09',
    'more is reserved than is wanted',
    () => s.admin.query('update inventory.reservation set quantity = quantity + 1 where source_id = $1', [id]),
    [],
  ],
  ['S01', 'the quantity in its unit is another than in base units', line('quantity = quantity + 1'), []],
  ['S02', 'the total is another than that of the lines', order('tax = tax + 0.01'), []],
  [
    'I37',
    'a confirmed order has an open hold',
    () =>
      s.admin.query(
        `insert into sales.hold (company_id, id, order_id, kind, owner_role, reason, raised_by, raised_at) values (1, gen_random_uuid(), $1, 'manual', 'x', 'x', $1, now())`,
        [id],
      ),
    [],
  ],
  ['I43', 'a price that no rule gives and nobody gave', line('price = price - 1'), []],
  [
    'I44',
    'an order beyond the limit without a decision',
    () => s.admin.query(`update credit.account set credit_limit = 1`),
    [],
  ],
  [
    'S03',
    'the exposure is another than that of the orders',
    () => s.admin.query(`update credit.account set open_orders = open_orders + 1`),
    [],
  ],
  ['S04', 'a promise that nobody gave', line(`promise = promise + 1`), []],
]

test.each(corruptions)('%s is red when %s', async (invariant, _, corrupt, also) => {
  const tables = ['sales.orders', 'sales.order_line', 'sales.hold', 'inventory.reservation', 'credit.account']
  await s.admin.query('begin')
  for (const table of tables)
    await s.admin.query(
      `create temporary table kept_${table.replace('.', '_')} on commit preserve rows as select * from ${table}`,
    )
  await s.admin.query('commit')
  await corrupt()
  expect((await s.broken()).sort()).toEqual([invariant, ...also].sort())
  await s.admin.query('delete from sales.hold where order_id = $1', [id])
  await s.admin.query(
    `update sales.orders o set state = k.state, tax = k.tax from kept_sales_orders k where k.id = o.id`,
  )
  await s.admin.query(
    `update sales.order_line o set quantity = k.quantity, price = k.price, promise = k.promise from kept_sales_order_line k where k.id = o.id`,
  )
  await s.admin.query(
    `update inventory.reservation o set quantity = k.quantity from kept_inventory_reservation k where k.id = o.id`,
  )
  await s.admin.query(
    `update credit.account o set credit_limit = k.credit_limit, open_orders = k.open_orders from kept_credit_account k where k.id = o.id`,
  )
  for (const table of tables) await s.admin.query(`drop table kept_${table.replace('.', '_')}`)
  await s.sound()
})

test('every invariant has its corruption, and a held order is sound', async () => {
  expect(invariants.map((one) => one.id).sort()).toEqual(corruptions.map(([invariant]) => invariant).sort())
  await s.run(hold, MANAGER, { ids: [id], input: {} }, { reason: 'x' })
  await s.sound()
})
