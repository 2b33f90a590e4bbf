// A distributor for sales tests: items with prices, customers with limits, stock put straight on the shelf.
import type pg from 'pg'
import { expect } from 'vitest'
import type { Answer, Command, Request } from '#kernel/command'
import type { Context, Principal } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import type { Query } from '#kernel/query'
import { type Checked, verify } from '#kernel/verify'
import { recordShipped } from '#sales'
import { invariants } from '../../../src/modules/sales/invariants.ts'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, contextOf, layCompanies, person } from '../../support/world.ts'

export { ALPHA, contextOf, person }

const EVERYTHING = [
  'draft',
  'quote',
  'revise',
  'reprice',
  'confirm',
  'recheck',
  'hold',
  'release-credit',
  'release-price',
  'release-hold',
  'change',
  'substitute',
  'allocate',
  'unallocate',
  'cancel',
  'close',
  'reopen',
  'read',
  'see-margin',
]

/** Somebody who may do everything with orders, in one role. */
export const worker = (name: string, role: string): Principal =>
  person(
    name,
    EVERYTHING.map((verb) => `sales.order.${verb}`),
    { role },
  )

export const CLERK = worker('Clerk', 'sales-clerk')
export const MANAGER = worker('Manager', 'sales-manager')
export const OFFICER = worker('Officer', 'credit-officer')
export const STEWARD = worker('Steward', 'data-steward')

type Line = { item: string; quantity: string; unit?: string; price?: string; reason?: string }

export type Shop = Awaited<ReturnType<typeof shop>>

/** Lays it all down in a database of its own. */
export async function shop() {
  const { kernel, admin } = await testDatabase()
  const { warehouses } = await layCompanies(admin)
  await layMasters(admin)
  return { kernel, admin, warehouses, ...tools(kernel, admin, warehouses) }
}

async function layMasters(admin: pg.Client): Promise<void> {
  await admin.query(`insert into tax.code (company_id, code, name) values (1, 'STD', '10 %'), (1, 'ZERO', '0 %')`)
  await admin.query(`insert into tax.rate values (1, 'STD', '[2020-01-01,)', 0.10), (1, 'ZERO', '[2020-01-01,)', 0)`)
  await admin.query(
    `insert into tax.rule (company_id, position, tax_class, code) values (1, 'domestic', 'standard', 'STD'), (1, 'abroad', 'standard', 'ZERO')`,
  )
  await admin.query(
    `insert into pricing.list (company_id, id, code, name, currency) values (1, $1, 'STD', 'Standard', 'USD')`,
    [newId()],
  )
  await admin.query(
    `insert into pricing.group_list (company_id, group_code, list_id) select 1, '', id from pricing.list`,
  )
  await admin.query(
    `insert into pricing.discount_limit (company_id, role, percent) values (1, 'sales-clerk', 5), (1, 'sales-manager', 15)`,
  )
  await admin.query(`insert into pricing.margin_floor (company_id, percent) values (1, 10)`)
}

function tools(kernel: Kernel, admin: pg.Client, warehouses: Record<'W1' | 'W2' | 'W3', string>) {
  const as = (principal?: Principal, more: Partial<Context> = {}): Context =>
    contextOf({ ...(principal ? { principal } : {}), ...more })

  const item = async (
    code: string,
    given: { price?: string; cost?: string; kind?: string; state?: string; unit?: string } = {},
  ): Promise<string> => {
    const id = newId()
    const unit = given.unit ?? 'EA'
    await admin.query(
      `insert into catalog.item (id, code, name, kind, base_unit, sales_unit, standard_cost, state, created_at, updated_at) values ($1, $2, $2, $3, $6, $6, $4, $5, now(), now())`,
      [id, code, given.kind ?? 'stock', given.cost ?? '10', given.state ?? 'active', unit],
    )
    await admin.query(
      `insert into catalog.item_unit (item_id, unit, num, den) values ($1, $2, 1, 1), ($1, 'BOX', 12, 1)`,
      [id, unit],
    )
    if (given.price !== '') await price(id, given.price ?? '20')
    return id
  }
  const price = (id: string, amount: string) =>
    admin.query(
      `insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
    select 1, $1, 'list', 80, id, $2, 'USD', 'price', $3 from pricing.list where company_id = 1`,
      [newId(), id, amount],
    )

  const customer = async (
    code: string,
    given: { limit?: string; class?: string; rule?: string; policy?: string; consents?: boolean } = {},
  ): Promise<string> => {
    const id = newId()
    await admin.query(
      `insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at) values ($1, $2, $2, lower($2), 'US', 'active', now(), now())`,
      [id, code],
    )
    await admin.query(
      `insert into party.customer (company_id, id, code, name, currency, term, class, backorder_rule, invoice_policy, consents_to_substitutes, state, created_at, updated_at)
      values (1, $1, $2, $2, 'USD', 'NET30', $3, $4, $5, $6, 'active', now(), now())`,
      [id, code, given.class ?? 'standard', given.rule ?? null, given.policy ?? 'shipped', given.consents ?? false],
    )
    await admin.query(
      `insert into credit.account (company_id, id, code, credit_limit, currency) values (1, $1, $2, $3, 'USD')`,
      [id, code, given.limit ?? '1000000'],
    )
    return id
  }

  /** Puts goods on the shelf, as a receipt would, and returns the receipt's id. */
  const stock = async (itemId: string, quantity: string, warehouse: 'W1' | 'W2' = 'W2'): Promise<string> => {
    const source = newId()
    const place = `(select id from inventory.location where company_id = 1 and warehouse_id = '${warehouses[warehouse]}' and kind = 'stock')`
    await admin.query(
      `insert into inventory.balance as b (company_id, location_id, item_id, on_hand) select 1, ${place}, $1, $2
      on conflict (company_id, location_id, item_id, lot_id) do update set on_hand = b.on_hand + excluded.on_hand`,
      [itemId, quantity],
    )
    await admin.query(
      `insert into inventory.move (company_id, id, posting_date, item_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at)
      select 1, $1, '2026-03-02', $2, (select id from inventory.location where company_id = 1 and kind = 'supplier'), ${place}, $3, 'received', 'warehouse.receipt', $4, $1, $1, now()`,
      [newId(), itemId, quantity, source],
    )
    return source
  }

  const run = (
    command: Command,
    principal: Principal | undefined,
    request: Request,
    more: Partial<Context> = {},
  ): Promise<Answer> => command.run(kernel, as(principal, more), request)
  const ask = <Row = Record<string, string | null>>(
    question: Query,
    parameters: unknown = {},
    principal?: Principal,
  ): Promise<Row[]> => question.ask<Row>(kernel, as(principal), parameters)

  const order = async (
    customerCode: string,
    lines: readonly Line[],
    more: Record<string, unknown> = {},
    principal: Principal = CLERK,
  ): Promise<string> => {
    const { warehouse = 'W2', channel = 'inside', ...head } = more
    const answer = await run(
      draft,
      principal,
      { input: [{ customer: customerCode, warehouse, ...head, lines }] },
      { channel: channel as Context['channel'] },
    )
    return answer.ids[0] ?? ''
  }
  /** Drafts and confirms; the state it ended in is the caller's to look at. */
  const confirmed = async (
    customerCode: string,
    lines: readonly Line[],
    more: Record<string, unknown> = {},
    principal: Principal = CLERK,
  ): Promise<string> => {
    const id = await order(customerCode, lines, more, principal)
    await run(confirm, principal, { ids: [id], input: {} })
    return id
  }

  const one = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row> =>
    (await admin.query(text, values)).rows[0] as Row
  const stateOf = async (id: string): Promise<string> =>
    (await one<{ state: string }>('select state from sales.orders where id = $1', [id])).state
  const reservedFor = async (id: string): Promise<string> =>
    (
      await one<{ q: string }>(
        'select coalesce(trim_scale(sum(quantity)), 0)::text as q from inventory.reservation where source_id = $1',
        [id],
      )
    ).q
  const lineOf = (id: string, line = 1) =>
    one<Record<string, string>>('select * from sales.order_line where order_id = $1 and line = $2', [id, line])
  const openHolds = async (id: string): Promise<string> =>
    (
      await admin.query(
        'select kind from sales.hold where order_id = $1 and released_at is null and voided_at is null order by kind',
        [id],
      )
    ).rows
      .map((row) => row.kind)
      .join(' ')
  const exposure = (id: string) =>
    one<{ open_orders: string; unbilled: string }>(
      'select trim_scale(open_orders)::text as open_orders, trim_scale(unbilled)::text as unbilled from credit.account where id = $1',
      [id],
    )

  /** Lets goods of a line leave: consumes the reservation, writes the move and tells the order, as the warehouse does. */
  const ship = async (id: string, quantity: string, line = 1): Promise<string> => {
    const { id: lineId = '', item_id: itemId, kind } = await lineOf(id, line)
    const source = newId()
    await transaction(kernel.pool, { companies: [ALPHA] }, (tx) =>
      recordShipped(
        { tx, companyId: ALPHA },
        sql`select ${lineId}::uuid as order_line_id, ${quantity}::numeric as quantity, ${quantity}::numeric * 10 as cost`,
      ),
    )
    if (kind !== 'stock') return source
    await admin.query(
      `update inventory.balance b set on_hand = b.on_hand - $2, reserved = b.reserved - $2 from inventory.reservation r where r.source_line = $1 and r.location_id = b.location_id and r.item_id = b.item_id`,
      [lineId, quantity],
    )
    await admin.query(
      `insert into inventory.move (company_id, id, posting_date, item_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at)
      select 1, $1, '2026-03-02', $2, r.location_id, (select id from inventory.location where company_id = 1 and kind = 'customer'), $3, 'shipped', 'warehouse.shipment', $4, $5, $1, now() from inventory.reservation r where r.source_line = $5`,
      [newId(), itemId, quantity, source, lineId],
    )
    await admin.query('delete from inventory.reservation where source_line = $1 and quantity = $2', [lineId, quantity])
    await admin.query('update inventory.reservation set quantity = quantity - $2 where source_line = $1', [
      lineId,
      quantity,
    ])
    return source
  }

  /** The ids of the invariants of sales that do not hold now. */
  const broken = async (): Promise<string[]> =>
    (await verify(kernel.pool, [ALPHA], invariants)).checks
      .filter((check: Checked) => !check.ok)
      .map((check) => check.id)
  const sound = async (): Promise<void> => {
    const red = (await verify(kernel.pool, [ALPHA], invariants)).checks.filter((check: Checked) => !check.ok)
    expect(red.map((check) => ({ id: check.id, examples: check.examples }))).toEqual([])
  }

  return {
    as,
    item,
    price,
    customer,
    stock,
    run,
    ask,
    order,
    confirmed,
    one,
    stateOf,
    reservedFor,
    lineOf,
    openHolds,
    exposure,
    ship,
    broken,
    sound,
  }
}

/** The code with which something is refused; fails when it is not. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (typeof error === 'object' && error !== null && 'code' in error) return `${error.code}`
  throw error instanceof Error ? error : new Error('it was not refused')
}

/** The single refusal line of a table: what is done, what it is refused with. */
export type RefusalCase = readonly [title: string, code: string, work: () => Promise<unknown>]
