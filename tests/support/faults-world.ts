// A distributor laid down for many requests that shall not meet: every request has a customer and an item of its own.
import type pg from 'pg'
import { ensureRole, insertAccount, insertGrant, insertKey } from '#kernel/access'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import { modules } from '../../src/modules/index.ts'
import { issue } from '../../src/modules/receivables/invoice/issue.ts'
import { confirm } from '../../src/modules/sales/order/confirm.ts'
import { draft } from '../../src/modules/sales/order/draft.ts'
import { receive } from '../../src/modules/warehouse/receipt/receive.ts'
import { release } from '../../src/modules/warehouse/shipment/release.ts'
import { ship } from '../../src/modules/warehouse/shipment/ship.ts'
import { ALPHA, contextOf, layCompanies } from './world.ts'

/** The instant of everything that is done; 2 March 2026 in the company's time zone. */
export const CLOCK = '2026-03-02T15:00:00Z'

const ROLES: Readonly<Record<string, string>> = {
  receivable: '1100',
  'shipped-not-invoiced': '1160',
  inventory: '1200',
  bank: '1300',
  'goods-received-not-invoiced': '2110',
  tax: '2200',
  'opening-equity': '3000',
  revenue: '4000',
  'sales-returns': '4010',
  'freight-income': '4100',
  'cost-of-sales': '5000',
  'stock-adjustment': '5020',
  scrap: '5030',
  suspense: '9999',
}

export type World = {
  readonly admin: pg.Client
  readonly kernel: Kernel
  readonly key: string
  readonly warehouse: string
}

/** Companies, accounts, taxes, a price list without prices, and a machine's key that may do everything in ALPHA. */
export async function layWorld(admin: pg.Client, kernel: Kernel): Promise<World> {
  const { warehouses } = await layCompanies(admin)
  await admin.query(`insert into tax.code (company_id, code, name) values (${ALPHA}, 'STD', '10 %');
    insert into tax.rate (company_id, code, valid, rate) values (${ALPHA}, 'STD', '[2020-01-01,)', 0.10);
    insert into tax.rule (company_id, position, tax_class, code) values (${ALPHA}, 'domestic', 'standard', 'STD');
    insert into pricing.list (company_id, id, code, name, currency) values (${ALPHA}, gen_random_uuid(), 'STD', 'Standard', 'USD');
    insert into pricing.group_list (company_id, group_code, list_id) select ${ALPHA}, '', id from pricing.list;
    insert into returns.reason (company_id, code, name) values (${ALPHA}, 'WRONG', 'Wrong item')`)
  await admin.query(
    `with role as (select * from unnest($1::text[], $2::text[]) as r (role, account)),
      made as (insert into ledger.account (company_id, code, name, type) select ${ALPHA}, account, role, 'asset' from role)
    insert into ledger.mapping (company_id, role, account) select ${ALPHA}, role, account from role`,
    [Object.keys(ROLES), Object.values(ROLES)],
  )
  return { admin, kernel, key: await machineKey(kernel), warehouse: warehouses.W2 }
}

async function machineKey(kernel: Kernel): Promise<string> {
  const now = new Date(CLOCK)
  return await transaction(kernel.pool, { companies: [] }, async (tx) => {
    const accountId = await insertAccount(tx, { email: 'till@example.test', name: 'till', kind: 'machine' }, now)
    if (!accountId) throw new Error('the machine is there already')
    const permissions = modules.flatMap((one) => [
      ...one.commands.map((command) => command.verb.may),
      ...one.queries.map((query) => query.may),
      ...one.documents.map((document) => `${document.name}.read`),
    ])
    await ensureRole(tx, { code: 'all', name: 'all', purpose: 'a test', permissions })
    await insertGrant(tx, { accountId, role: 'all', companyId: ALPHA, grantedBy: accountId, reason: 'a test' })
    return (await insertKey(tx, { accountId, name: 'test', expiresAt: null, now })).text
  })
}

/** Makes customers and items `CODE-1` to `CODE-count`, in pairs, each item with `stock` pieces at a cost of 10 and a price of 20. */
export async function layPairs(world: World, code: string, count: number, stock: number): Promise<readonly Pair[]> {
  const pairs = Array.from({ length: count }, (_, at) => ({
    customer: newId(),
    item: newId(),
    code: `${code}-${at + 1}`,
  }))
  const columns = [pairs.map((one) => one.customer), pairs.map((one) => one.item), pairs.map((one) => one.code)]
  await world.admin.query(
    `with pair as (select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as p (customer, item, code)),
      item as (insert into catalog.item (id, code, name, kind, base_unit, sales_unit, tracking, costing, standard_cost, state, created_at, updated_at)
        select item, code, code, 'stock', 'EA', 'EA', 'none', 'average', 10, 'active', now(), now() from pair),
      unit as (insert into catalog.item_unit (item_id, unit, num, den) select item, 'EA', 1, 1 from pair),
      price as (insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
        select ${ALPHA}, gen_random_uuid(), 'list', 80, l.id, item, 'USD', 'price', 20 from pair, pricing.list l),
      party as (insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at)
        select customer, code, code, lower(code), 'US', 'active', now(), now() from pair),
      customer as (insert into party.customer (company_id, id, code, name, currency, term, state, created_at, updated_at)
        select ${ALPHA}, customer, code, code, 'USD', 'NET30', 'active', now(), now() from pair)
    insert into credit.account (company_id, id, code, credit_limit, currency) select ${ALPHA}, customer, code, 1000000, 'USD' from pair`,
    columns,
  )
  if (stock === 0) return pairs
  const lines = pairs.map((one) => ({ item: one.code, quantity: String(stock), unitCost: '10' }))
  await receive.run(world.kernel, contextOf(), { input: [{ warehouse: 'W2', lines }] })
  return pairs
}

export type Pair = { readonly customer: string; readonly item: string; readonly code: string }

export const VERBS = ['confirm', 'ship', 'issue', 'receive'] as const
export type Verb = (typeof VERBS)[number]

/** One request that shall have its effect once. `ids` names the documents it is about, for comparing. */
export type Case = {
  readonly verb: Verb
  readonly key: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly ids: Readonly<Record<string, string>>
}

/** What an order of a case holds: the same item on two lines, five pieces together; 110.00 with its tax. */
export const orderOf = (world: World, pair: Pair) => ({
  customer: pair.code,
  warehouse: world.warehouse,
  reference: `order ${pair.code}`,
  lines: [
    { item: pair.code, quantity: '3' },
    { item: pair.code, quantity: '2' },
  ],
})

/** `count` requests of each verb, with everything before it done. */
export async function layCases(world: World, code: string, count: number): Promise<Readonly<Record<Verb, Case[]>>> {
  const { kernel } = world
  const pairs = await layPairs(world, code, count * VERBS.length, 20)
  const context = contextOf()
  const drafted = await draft.run(kernel, context, { input: pairs.map((pair) => orderOf(world, pair)) })
  // As the database does by itself within the first minutes: plans made for empty tables do not last.
  await world.admin.query('analyze')
  const orders = drafted.ids
  await confirm.run(kernel, context, { ids: orders.slice(count), input: {} })
  const released = await release.run(kernel, context, { input: orders.slice(count).map((order) => ({ order })) })
  await ship.run(kernel, context, { ids: released.ids.slice(count), input: {} })
  const issued = await issue.run(kernel, context, { input: orders.slice(3 * count).map((order) => ({ order })) })
  const cases: Record<Verb, Case[]> = { confirm: [], ship: [], issue: [], receive: [] }
  pairs.forEach((pair, at) => {
    const verb = VERBS[Math.trunc(at / count)] ?? 'confirm'
    const order = orders[at] ?? ''
    const shipment = released.ids[at - count]
    const invoice = issued.ids[at - 3 * count]
    cases[verb].push({
      verb,
      key: `fault-${pair.code}-${verb}`,
      ...requestOf(verb, { pair, order, shipment, invoice }),
      ids: {
        customer: pair.customer,
        item: pair.item,
        order,
        ...(shipment ? { shipment } : {}),
        ...(invoice ? { invoice } : {}),
      },
    })
  })
  return cases
}

/** Hands out the cases of each verb, each once. */
export const dealer =
  (cases: Readonly<Record<Verb, Case[]>>) =>
  (verb: Verb): Case => {
    const one = cases[verb].shift()
    if (!one) throw new Error(`more cases of ${verb} are needed`)
    return one
  }

type Made = { pair: Pair; order: string; shipment: string | undefined; invoice: string | undefined }

function requestOf(verb: Verb, { pair, order, shipment, invoice }: Made): Pick<Case, 'path' | 'body'> {
  switch (verb) {
    case 'confirm':
      return { path: '/api/sales/order/confirm', body: { ids: [order] } }
    case 'ship':
      return { path: '/api/warehouse/shipment/ship', body: { ids: [shipment] } }
    case 'issue':
      return { path: '/api/receivables/invoice/issue', body: { documents: [{ order }] } }
    case 'receive':
      return { path: '/api/receivables/payment/receive', body: { documents: [paymentOf(pair, invoice)] } }
  }
}

/** Without a reference: nothing but the key keeps it from being entered twice. */
const paymentOf = (pair: Pair, invoice: string | undefined) => ({
  customer: pair.code,
  amount: '110.00',
  apply: [{ invoice, amount: '50.00' }],
})
