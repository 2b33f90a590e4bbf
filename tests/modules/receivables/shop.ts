// A small distributor for the tests of money: goods, customers with different terms, prices, taxes, rates, and a full shipment in one call.
import type pg from 'pg'
import type { Context } from '#kernel/context'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import { issue } from '../../../src/modules/receivables/invoice/issue.ts'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { receive } from '../../../src/modules/warehouse/receipt/receive.ts'
import { release } from '../../../src/modules/warehouse/shipment/release.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { contextOf, layCompanies } from '../../support/world.ts'
import { layBooks } from '../ledger/books.ts'

export const CUSTOMERS = ['C1', 'C2', 'C3', 'C9', 'E1', 'M1'] as const
type Code = (typeof CUSTOMERS)[number]

/** Code, currency, term and invoice policy. */
const GIVEN: Readonly<Record<Code, readonly [string, string, string]>> = {
  C1: ['USD', 'NET30', 'shipped'],
  C2: ['USD', '2-10', 'shipped'],
  C3: ['USD', 'NET30', 'shipped'],
  C9: ['USD', 'PREPAID', 'shipped'],
  E1: ['EUR', 'NET30', 'shipped'],
  M1: ['USD', 'NET30', 'monthly'],
}

export type Shop = {
  kernel: Kernel
  admin: pg.Client
  item: string
  customers: Readonly<Record<Code, string>>
  warehouse: string
}

/** P1 costs 10 and sells for 20 (100 in euro), tax 10 %; P2 is tracked by lot; 1,000 of P1 are in W2. */
export async function layShop(kernel: Kernel, admin: pg.Client): Promise<Shop> {
  const { warehouses } = await layCompanies(admin)
  await layBooks(admin)
  // The tests order the same goods again and again.
  await admin.query(`update company.company set settings = '{"duplicate_days": -1}' where id = 1`)
  const [item, lotted, list, euro] = [newId(), newId(), newId(), newId()]
  await admin.query(
    `insert into party.term (company_id, code, name, due_days, discount_percent, discount_days, prepaid) values (1, '2-10', '2 % in 10 days', 30, 2, 10, false), (1, 'PREPAID', 'In advance', 0, 0, 0, true)`,
  )
  for (const [id, code, tracking] of [
    [item, 'P1', 'none'],
    [lotted, 'P2', 'lot'],
  ]) {
    await admin.query(
      `insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, tracking, state, created_at, updated_at) values ($1, $2, $2, 'EA', 'EA', 10, $3, 'active', now(), now())`,
      [id, code, tracking],
    )
  }
  const customers: Record<string, string> = {}
  for (const code of CUSTOMERS) {
    const id = newId()
    customers[code] = id
    const [currency, term, policy] = GIVEN[code]
    await admin.query(
      `insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at) values ($1, $2, $2, $2, 'US', 'active', now(), now())`,
      [id, code],
    )
    await admin.query(
      `insert into party.customer (company_id, id, code, name, currency, term, invoice_policy, state, created_at, updated_at) values (1, $1, $2, $2, $3, $4, $5, 'active', now(), now())`,
      [id, code, currency, term, policy],
    )
    await admin.query(
      `insert into credit.account (company_id, id, code, credit_limit, currency) values (1, $1, $2, 1000000, $3)`,
      [id, code, currency],
    )
  }
  await admin.query(`insert into tax.code (company_id, code, name) values (1, 'STD', '10 %')`)
  await admin.query(`insert into tax.rate values (1, 'STD', '[2020-01-01,)', 0.10)`)
  await admin.query(`insert into tax.rule values (1, 'domestic', 'standard', 'STD')`)
  await admin.query(
    `insert into pricing.list (company_id, id, code, name, currency) values (1, $1, 'STD', 'Standard', 'USD'), (1, $2, 'EUR', 'Euro', 'EUR')`,
    [list, euro],
  )
  await admin.query(`insert into pricing.group_list values (1, '', $1), (1, 'EURO', $2)`, [list, euro])
  await admin.query(`update party.customer set group_code = 'EURO' where code = 'E1'`)
  for (const [on, currency, amount] of [
    [list, 'USD', 20],
    [euro, 'EUR', 100],
  ]) {
    for (const id of [item, lotted]) {
      await admin.query(
        `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount) values (1, $1, 'list', 80, $2, $3, $4, 'price', $5)`,
        [newId(), on, id, currency, amount],
      )
    }
  }
  await receive.run(kernel, contextOf(), {
    input: [
      {
        warehouse: 'W2',
        kind: 'opening',
        lines: [
          { item: 'P1', quantity: '1000', unitCost: '10' },
          { item: 'P2', quantity: '50', unitCost: '5', lot: 'L1' },
          { item: 'P2', quantity: '50', unitCost: '5', lot: 'L2' },
        ],
      },
    ],
  })
  return { kernel, admin, item, customers: customers as Shop['customers'], warehouse: warehouses.W2 }
}

/** An item with stock that sells for this price in both lists. */
async function priced({ kernel, admin }: Shop, price: string): Promise<string> {
  const code = `AT-${price}`
  const id = newId()
  const added = await admin.query(
    `insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, state, created_at, updated_at) values ($1, $2, $2, 'EA', 'EA', 10, 'active', now(), now()) on conflict do nothing`,
    [id, code],
  )
  if (added.rowCount === 0) return code
  await admin.query(
    `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
     select 1, gen_random_uuid(), 'list', 80, l.id, $1, l.currency, 'price', $2 from pricing.list l`,
    [id, price],
  )
  await receive.run(kernel, contextOf(), {
    input: [{ warehouse: 'W2', kind: 'opening', lines: [{ item: code, quantity: '1000', unitCost: '10' }] }],
  })
  return code
}

/** Orders and ships `quantity` at a given or the list price; returns the order. */
export async function shipped(
  shop: Shop,
  customer: Code,
  quantity: string,
  given: { context?: Context; item?: string; price?: string; unit?: string } = {},
): Promise<string> {
  const c = given.context ?? contextOf()
  const unit = given.unit === undefined ? {} : { unit: given.unit }
  const line = { item: given.price ? await priced(shop, given.price) : (given.item ?? 'P1'), quantity, ...unit }
  const [order = ''] = (
    await draft.run(shop.kernel, c, { input: [{ customer, warehouse: shop.warehouse, lines: [line] }] })
  ).ids
  await confirm.run(shop.kernel, c, { ids: [order], input: {} })
  const state = await shop.admin.query(
    `select o.state, (select jsonb_agg(to_jsonb(h)) from sales.hold h where h.order_id = o.id) as holds from sales.orders o where id = $1`,
    [order],
  )
  if (state.rows[0]?.state !== 'confirmed') throw new Error(`the order is ${JSON.stringify(state.rows[0])}`)
  const { ids } = await release.run(shop.kernel, c, { input: [{ order }] })
  await ship.run(shop.kernel, c, { ids, input: {} })
  return order
}

/** Ships and invoices; returns the order and its invoice. */
export async function invoiced(
  shop: Shop,
  customer: Code,
  quantity: string,
  given: Parameters<typeof shipped>[3] = {},
): Promise<{ order: string; invoice: string; number: string }> {
  const order = await shipped(shop, customer, quantity, given)
  const answer = await issue.run(shop.kernel, given.context ?? contextOf(), { input: [{ order }] })
  const number = await shop.admin.query('select number from receivables.invoice where id = $1', [answer.ids[0]])
  return { order, invoice: answer.ids[0] ?? '', number: number.rows[0]?.number }
}

/** The line of an order, and what counts on it. */
export async function lineOf(
  admin: pg.Client,
  order: string,
): Promise<{ id: string; shipped: string; invoiced: string; returned: string; credited: string }> {
  const found = await admin.query(
    `select id, trim_scale(shipped)::text as shipped, trim_scale(invoiced)::text as invoiced, trim_scale(returned)::text as returned, trim_scale(credited)::text as credited
    from sales.order_line where order_id = $1 order by line limit 1`,
    [order],
  )
  return found.rows[0]
}

/** What a customer owes by the credit account: receivable and unapplied. */
export async function owes(admin: pg.Client, customer: string): Promise<string> {
  const found = await admin.query(
    `select trim_scale(receivable) || ' less ' || trim_scale(unapplied) as text from credit.account where id = $1`,
    [customer],
  )
  return found.rows[0]?.text
}
