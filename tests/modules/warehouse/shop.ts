// A small distributor for the tests of stock: items of every kind, customers with credit, prices, taxes and an account for each role.
import type pg from 'pg'
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { newId } from '#kernel/ids'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { receive } from '../../../src/modules/warehouse/receipt/receive.ts'
import { release } from '../../../src/modules/warehouse/shipment/release.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, layCompanies } from '../../support/world.ts'

export const ROLES: Readonly<Record<string, string>> = {
  receivable: '1100',
  'in-transit': '1150',
  'shipped-not-invoiced': '1160',
  inventory: '1200',
  bank: '1300',
  'goods-received-not-invoiced': '2110',
  tax: '2200',
  'opening-equity': '3000',
  revenue: '4000',
  'freight-income': '4100',
  'cost-of-sales': '5000',
  'stock-adjustment': '5020',
  scrap: '5030',
  suspense: '9999',
}

export type Shop = TestDatabase & {
  warehouses: Record<'W1' | 'W2' | 'W3', string>
  item(
    code: string,
    given?: { tracking?: string; costing?: string; cost?: string; kind?: string; weight?: number },
  ): Promise<string>
  customer(code: string): Promise<string>
  /** Receives stock; lines are item, quantity, unit cost and options. */
  stock(warehouse: string, item: string, quantity: string, unitCost?: string, more?: object): Promise<readonly string[]>
  /** An order of one customer, confirmed. */
  order(
    warehouse: string,
    lines: readonly { item: string; quantity: string; unit?: string }[],
    customer?: string,
  ): Promise<string>
  release(order: string): Promise<string>
  run(command: Command, ids: readonly string[], input?: unknown, given?: Partial<Context>): ReturnType<Command['run']>
  place(warehouse: string, kind: string): Promise<string>
  /** Stock by kind of place: on hand and reserved, as text. */
  where(item: string, warehouse?: string): Promise<Record<string, string>>
  /** Debit minus credit of an account, and the postings of an event. */
  account(code: string): Promise<string>
  value<T>(text: string, parameters?: unknown[]): Promise<T>
}

export async function openShop(): Promise<Shop> {
  const db = await testDatabase()
  const { admin, kernel } = db
  const { warehouses } = await layCompanies(admin)
  await masters(admin)
  const value = async <T>(text: string, parameters: unknown[] = []): Promise<T> =>
    Object.values((await admin.query(text, parameters)).rows[0] ?? { none: undefined })[0] as T
  const run: Shop['run'] = (command, ids, input = {}, given = {}) =>
    command.run(kernel, contextOf(given), { ids, input })
  return {
    ...db,
    warehouses,
    run,
    value,
    async item(code, { tracking = 'none', costing = 'average', cost = '10', kind = 'stock', weight = 0 } = {}) {
      const id = newId()
      await admin.query(
        `insert into catalog.item (id, code, name, kind, base_unit, sales_unit, tracking, costing, standard_cost, weight_grams, state, created_at, updated_at)
        values ($1, $2, $2, $3, 'EA', 'EA', $4, $5, $6, $7, 'active', now(), now())`,
        [id, code, kind, tracking, costing, cost, weight],
      )
      await admin.query(
        `insert into catalog.item_unit (item_id, unit, num, den) values ($1, 'EA', 1, 1), ($1, 'BOX', 12, 1)`,
        [id],
      )
      await admin.query(
        `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount) select ${ALPHA}, gen_random_uuid(), 'list', 80, id, $1, 'USD', 'price', 20 from pricing.list`,
        [id],
      )
      return id
    },
    async customer(code) {
      const id = newId()
      await admin.query(
        `insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at) values ($1, $2, $2, lower($2), 'US', 'active', now(), now())`,
        [id, code],
      )
      await admin.query(
        `insert into party.customer (company_id, id, code, name, currency, term, state, created_at, updated_at) values (${ALPHA}, $1, $2, $2, 'USD', 'NET30', 'active', now(), now())`,
        [id, code],
      )
      await admin.query(
        `insert into credit.account (company_id, id, code, credit_limit, currency) values (${ALPHA}, $1, $2, 1000000000, 'USD')`,
        [id, code],
      )
      return id
    },
    async stock(warehouse, item, quantity, unitCost = '10', more = {}) {
      return (
        await receive.run(kernel, contextOf(), {
          input: [{ warehouse, lines: [{ item, quantity, unitCost, ...more }] }],
        })
      ).ids
    },
    async order(warehouse, lines, customer = 'C1') {
      const { ids } = await draft.run(kernel, contextOf(), {
        input: [{ customer, warehouse, reference: newId(), lines }],
      })
      const answer = await confirm.run(kernel, contextOf(), { ids, input: {} })
      if (answer.states?.[ids[0] ?? ''] !== 'confirmed')
        throw new Error(`the order is ${JSON.stringify(answer.states)}`)
      return ids[0] ?? ''
    },
    async release(order) {
      return (await release.run(kernel, contextOf(), { input: [{ order }] })).ids[0] ?? ''
    },
    place: (warehouse, kind) =>
      value<string>(
        `select l.id from inventory.location l join company.warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id where w.code = $1 and l.kind = $2 order by l.pick_sequence, l.code limit 1`,
        [warehouse, kind],
      ),
    async where(item, warehouse) {
      const { rows } = await admin.query<{ kind: string; stand: string }>(
        `select l.kind, trim_scale(sum(b.on_hand)) || '/' || trim_scale(sum(b.reserved)) as stand from inventory.balance b
        join inventory.location l on l.company_id = b.company_id and l.id = b.location_id left join company.warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
       where b.item_id = $1 and ($2::text is null or w.code = $2) group by l.kind having sum(b.on_hand) <> 0 or sum(b.reserved) <> 0 order by l.kind`,
        [item, warehouse ?? null],
      )
      return Object.fromEntries(rows.map((row) => [row.kind, row.stand]))
    },
    account: (code) =>
      value<string>(
        `select trim_scale(coalesce(sum(debit - credit), 0))::text from ledger.journal_line where account = $1`,
        [code],
      ),
  }
}

async function masters(admin: pg.Client): Promise<void> {
  await admin.query(`insert into tax.code (company_id, code, name) values (${ALPHA}, 'STD', '10 %')`)
  await admin.query(
    `insert into tax.rate (company_id, code, valid, rate) values (${ALPHA}, 'STD', '[2020-01-01,)', 0.10)`,
  )
  await admin.query(
    `insert into tax.rule (company_id, position, tax_class, code) values (${ALPHA}, 'domestic', 'standard', 'STD')`,
  )
  await admin.query(
    `insert into pricing.list (company_id, id, code, name, currency) values (${ALPHA}, $1, 'STD', 'Standard', 'USD')`,
    [newId()],
  )
  await admin.query(
    `insert into pricing.group_list (company_id, group_code, list_id) select ${ALPHA}, '', id from pricing.list`,
  )
  for (const [role, account] of Object.entries(ROLES)) {
    await admin.query(`insert into ledger.account (company_id, code, name, type) values (${ALPHA}, $1, $2, 'asset')`, [
      account,
      role,
    ])
    await admin.query(`insert into ledger.mapping (company_id, role, account) values (${ALPHA}, $1, $2)`, [
      role,
      account,
    ])
  }
}
