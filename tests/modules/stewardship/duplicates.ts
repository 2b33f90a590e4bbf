// Two records of one customer with everything that a customer can have: orders, goods on the way, invoices, money, prices, addresses.
import type pg from 'pg'
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { newId } from '#kernel/ids'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import type { Kernel } from '#kernel/kernel'
import { verify } from '#kernel/verify'
import { modules } from '../../../src/modules/index.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf } from '../../support/world.ts'
import { layShop, type Shop, shipped } from '../receivables/shop.ts'

export type Twins = Shop & {
  kernel: Kernel
  admin: pg.Client
  /** What the one that will be given up has, before. */
  open: string
  moving: string
  invoice: string
  run(name: string, input: unknown, given?: Partial<Context>): ReturnType<Command['run']>
  use(name: string, ids: readonly string[], input?: unknown, given?: Partial<Context>): ReturnType<Command['run']>
  /** Every row that says whose it is, by place. */
  owners(): Promise<Record<string, Record<string, string>>>
  accounts(): Promise<{ code: string; open_orders: string; unbilled: string; receivable: string; unapplied: string }[]>
  red(): Promise<string[]>
  of(code: string): Promise<{ state: string; merged_into: string | null }>
}

const PLACES = [
  ...['sales.orders.customer_id', 'warehouse.shipment.customer_id', 'returns.rma.customer_id'],
  ...['receivables.invoice.customer_id', 'receivables.payment.customer_id', 'tax.exemption.customer_id'],
  ...['party.ship_to.customer_id', 'party.ship_to.code', 'party.contact.party_id', 'pricing.condition.subject_id'],
  ...['party.customer.state', 'party.customer.merged_into', 'catalog.cross_reference.party_id'],
]

export const command = (name: string): Command => {
  const found = modules.flatMap((one) => one.commands).find((one) => one.verb.may === name)
  if (!found) throw new Error(`no verb ${name}`)
  return found
}

/** C2 is C1 written a second time. C2 has an order, a shipment, an invoice, money, an address, a person, a price and item numbers. */
export async function layTwins(): Promise<Twins> {
  const { kernel, admin } = await testDatabase()
  const shop = await layShop(kernel, admin)
  const run: Twins['run'] = (name, input, given) =>
    command(name).run(kernel, contextOf({ reason: 'The same firm', ...given }), { input })
  const use: Twins['use'] = (name, ids, input = {}, given = {}) =>
    command(name).run(kernel, contextOf({ reason: 'The same firm', ...given }), { ids, input })
  const order = async (quantity: string) => {
    const { ids } = await run('sales.order.draft', [
      { customer: 'C2', warehouse: 'W2', lines: [{ item: 'P1', quantity }] },
    ])
    await use('sales.order.confirm', ids)
    return ids[0] ?? ''
  }
  await run('party.ship-to.add', [
    { customer: 'C1', code: 'DOCK', name: 'North dock', country: 'US' },
    { customer: 'C2', code: 'DOCK', name: 'South dock', country: 'US' },
    { customer: 'C2', code: 'SHOP', name: 'Shop', country: 'US' },
  ])
  await run('party.contact.add', [{ party: 'C2', name: 'Ada' }])
  await admin.query(
    `insert into pricing.condition (company_id, id, kind, rank, subject_id, object_id, currency, method, amount)
     values (1, $1, 'contract', 10, $2, $3, 'USD', 'price', 18)`,
    [newId(), shop.customers.C2, shop.item],
  )
  await run('catalog.cross-reference.add', [{ scope: 'customer', party: 'C2', code: 'THEIR-1', item: 'P1' }])
  const open = await order('5')
  const moving = await order('7')
  await run('warehouse.shipment.release', [{ order: moving }])
  const billed = await shipped(shop, 'C2', '4')
  const invoice = (await run('receivables.invoice.issue', [{ order: billed }])).ids[0] ?? ''
  await run('receivables.payment.receive', [
    { customer: 'C2', amount: '30', reference: 'C2-1', apply: [{ invoice, amount: '10' }] },
  ])
  await shipped(shop, 'C2', '3')
  const own = await shipped(shop, 'C1', '2')
  await run('receivables.invoice.issue', [{ order: own }])
  return {
    ...shop,
    open,
    moving,
    invoice,
    run,
    use,
    async owners() {
      const found: Record<string, Record<string, string>> = {}
      for (const place of PLACES) {
        const [schema, table, column] = place.split('.')
        const { rows } = await admin.query(`select id, coalesce(${column}::text, '') as owner from ${schema}.${table}`)
        found[place] = Object.fromEntries(rows.map((row) => [row.id, row.owner]))
      }
      return found
    },
    async accounts() {
      const { rows } = await admin.query(
        `select code, trim_scale(open_orders)::text as open_orders, trim_scale(unbilled)::text as unbilled, trim_scale(receivable)::text as receivable,
           trim_scale(unapplied)::text as unapplied from credit.account where code in ('C1', 'C2') order by code`,
      )
      return rows
    },
    async red() {
      const all = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
      const { checks } = await verify(kernel.pool, [ALPHA], all)
      return checks
        .filter((one) => !one.ok && !one.id.startsWith('I53'))
        .map((one) => `${one.id} ${JSON.stringify(one.examples)}`)
    },
    async of(code) {
      return (
        await admin.query(`select state, merged_into from party.customer where company_id = 1 and code = $1`, [code])
      ).rows[0]
    },
  }
}
