// What orders cost: statements, milliseconds, and no table read from end to end, in a company that has traded for a while.
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { change } from '../../../src/modules/sales/order/change.ts'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { releaseBackorders } from '../../../src/modules/sales/order/listen.ts'
import { backlog } from '../../../src/modules/sales/questions/backlog.ts'
import { holds } from '../../../src/modules/sales/questions/holds.ts'
import { orderChain } from '../../../src/modules/sales/questions/order-chain.ts'
import { contextOf, type Shop, shop } from './shop.ts'

const ORDERS = 20_000
const ITEMS = 2000
const CUSTOMERS = 5000
/** An id as the application makes them: version 7. */
const ID = `overlay(gen_random_uuid()::text placing '7' from 15)::uuid`
let s: Shop
let items: string[]
let customers: string[]
let texts: string[] = []

/** Fills a company with orders of the last year, nearly all of them shipped and invoiced, written by plain SQL. */
async function layHistory(): Promise<void> {
  const { admin } = s
  await admin.query(`insert into catalog.item (id, code, name, base_unit, sales_unit, standard_cost, state, created_at, updated_at)
    select ${ID}, 'I' || n, 'Item ' || n, 'EA', 'EA', 10, 'active', now(), now() from generate_series(1, ${ITEMS}) n`)
  await admin.query(`insert into catalog.item_unit (item_id, unit, num, den) select id, 'EA', 1, 1 from catalog.item`)
  await admin.query(`insert into pricing.condition (company_id, id, kind, rank, list_id, object_id, currency, method, amount)
    select 1, gen_random_uuid(), 'list', 80, l.id, i.id, 'USD', 'price', 20 from pricing.list l, catalog.item i where l.company_id = 1`)
  await admin.query(`insert into party.party (id, code, name, normal_name, country, state, created_at, updated_at)
    select ${ID}, 'C' || n, 'Customer ' || n, 'customer ' || n, 'US', 'active', now(), now() from generate_series(1, ${CUSTOMERS}) n`)
  await admin.query(`insert into party.customer (company_id, id, code, name, currency, term, state, created_at, updated_at)
    select 1, id, code, name, 'USD', 'NET30', 'active', now(), now() from party.party where code like 'C%'`)
  await admin.query(
    `insert into credit.account (company_id, id, code, credit_limit, currency) select 1, id, code, 1000000000, 'USD' from party.customer`,
  )
  await admin.query(`insert into inventory.balance (company_id, location_id, item_id, on_hand)
    select 1, p.id, i.id, 1000000 from inventory.location p, catalog.item i where p.company_id = 1 and p.kind = 'stock'`)
  await admin.query(`create temporary table c as select id, row_number() over (order by code) - 1 as n from party.customer where company_id = 1;
    create temporary table i as select id, row_number() over (order by code) - 1 as n from catalog.item`)
  await admin.query(
    `insert into sales.orders (company_id, id, number, customer_id, warehouse_id, currency, ordered_on, backorder_rule, tax_rounding, net, tax, total, state, created_by, confirmed_at, created_at, updated_at, customer_reference, items_hash, content_hash)
    select 1, ${ID}, 'OLD-' || g, c.id, $1, 'USD', date '2026-03-02' - g % 365, 'BACKORDER', 'document-half-up', 600, 60, 660, case when g % 50 = 0 then 'confirmed' else 'closed' end, c.id, now(), now(), now(),
      case when g % 3 = 0 then 'PO-' || g end, md5(g::text), md5(g::text)
      from generate_series(1, ${ORDERS}) g join c on c.n = g % ${CUSTOMERS}`,
    [s.warehouses.W2],
  )
  await admin.query(`insert into sales.order_line (company_id, id, order_id, line, item_id, description, kind, unit, quantity, ordered, price, resolved_price, price_trace, unit_cost, tax_code, tax_rate, net, shipped, invoiced)
    select 1, ${ID}, o.id, l, i.id, 'x', 'stock', 'EA', 10, 10, 20, 20, '[]', 10, 'STD', 0.1, 200, case when o.state = 'closed' then 10 else 0 end, case when o.state = 'closed' then 10 else 0 end
      from (select id, state, row_number() over (order by number) as n from sales.orders where number like 'OLD-%') o cross join generate_series(1, 3) l join i on i.n = (o.n * 7 + l * 331) % ${ITEMS}`)
  await admin.query(`insert into inventory.reservation (company_id, id, source, source_id, source_line, location_id, item_id, quantity, reason, created_at)
    select 1, ${ID}, 'sales.order', o.id, l.id, p.id, l.item_id, 10, 'confirm', now() from sales.orders o join sales.order_line l on l.order_id = o.id
      join inventory.location p on p.company_id = 1 and p.warehouse_id = o.warehouse_id and p.kind = 'stock' where o.state = 'confirmed'`)
  await admin.query(`update inventory.balance b set reserved = r.reserved from (select location_id, item_id, sum(quantity) as reserved from inventory.reservation group by 1, 2) r
     where b.location_id = r.location_id and b.item_id = r.item_id`)
  await admin.query('drop table c, i; analyze')
}

beforeAll(async () => {
  s = await shop()
  await layHistory()
  items = (await s.admin.query('select id from catalog.item order by code')).rows.map((row) => row.id)
  customers = (await s.admin.query(`select id from party.customer where company_id = 1 order by code`)).rows.map(
    (row) => row.id,
  )
  const query = pg.Client.prototype.query
  // Listens to what goes to the database; it changes nothing.
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given
    if (this !== s.admin)
      texts.push(
        typeof first === 'string'
          ? first
          : typeof first === 'object' && first !== null && 'text' in first
            ? String(first.text)
            : '',
      )
    return Reflect.apply(query, this, given)
  } as typeof query
}, 120_000)

let turn = 0
const given = (lines: number) => {
  turn += 1
  return {
    id: newId(),
    customer: customers[turn % customers.length],
    warehouse: s.warehouses.W2,
    lines: Array.from({ length: lines }, (_, n) => ({
      item: items[(turn * 13 + n * 7) % items.length],
      quantity: '2',
    })),
  }
}
const run = (command: typeof draft, request: { ids?: string[]; input: unknown }) =>
  command.run(s.kernel, contextOf({ key: `key-${newId()}` }), request)
async function counted<T>(work: () => Promise<T>): Promise<readonly [T, string[]]> {
  texts = []
  const done = await work()
  return [done, texts]
}

describe('statements', () => {
  test('an order of one is drafted in at most nine statements and confirmed in at most thirteen, with begin and commit', async () => {
    await run(confirm, { ids: [...(await run(draft, { input: [given(5)] })).ids], input: {} })
    const [drafted, first] = await counted(() => run(draft, { input: [given(5)] }))
    const [, second] = await counted(() => run(confirm, { ids: [...drafted.ids], input: {} }))
    expect([first.length <= 9, second.length <= 13], `${first.length} and ${second.length}`).toEqual([true, true])
  })

  test('a hundred orders take as many statements as one', async () => {
    const [one, single] = await counted(() => run(draft, { input: [given(5)] }))
    const [many, hundred] = await counted(() => run(draft, { input: Array.from({ length: 60 }, () => given(5)) }))
    expect(hundred.length).toBe(single.length)
    const [, confirmOne] = await counted(() => run(confirm, { ids: [...one.ids], input: {} }))
    const [, confirmMany] = await counted(() => run(confirm, { ids: [...many.ids], input: {} }))
    expect(confirmMany.length).toBe(confirmOne.length)
  })
})

test('no hot statement reads a table of documents from end to end (generic plans, 20,000 orders)', async () => {
  const drafted = await run(draft, { input: [given(5)] })
  const [, first] = await counted(() => run(draft, { input: [given(5)] }))
  const [, second] = await counted(() => run(confirm, { ids: [...drafted.ids], input: {} }))
  const [, third] = await counted(() =>
    run(change, { ids: [...drafted.ids], input: { lines: [{ line: 1, quantity: '5' }] } }),
  )
  const [, fourth] = await counted(() =>
    transaction(s.kernel.pool, { companies: [1] }, (tx) =>
      releaseBackorders(
        { tx, kernel: s.kernel, context: contextOf({ principal: SYSTEM }) },
        sql`select ${s.warehouses.W2}::uuid as warehouse_id, ${items[0]}::uuid as item_id`,
      ),
    ),
  )
  const [, fifth] = await counted(async () => {
    await s.ask(holds, {})
    await s.ask(orderChain, { order: drafted.ids[0] })
  })
  const reads = new Map<string, string>()
  await s.admin.query(
    `set enable_seqscan = on; set plan_cache_mode = force_generic_plan; set role tw_app; select set_config('tw.companies', '1', false)`,
  )
  for (const text of new Set([...first, ...second, ...third, ...fourth, ...fifth])) {
    if (!/^\s*(select|with|insert|update|delete)/i.test(text) || /set_config/.test(text)) continue
    const plan = (await s.admin.query(`explain (generic_plan) ${text}`)).rows.map((row) => row['QUERY PLAN']).join('\n')
    for (const [, table] of plan.matchAll(/Seq Scan on (\w+)/g)) {
      if (
        [
          'orders',
          'order_line',
          'reservation',
          'balance',
          'move',
          'promise',
          'item',
          'item_unit',
          'condition',
          'customer',
          'party',
          'account',
        ].includes(table ?? '')
      )
        reads.set(`${table} in ${text.slice(0, 300).replace(/\s+/g, ' ')}`, plan)
    }
  }
  await s.admin.query('reset role')
  expect([...reads.keys()]).toEqual([])
})

test('ORD-07 T-Q2C-03: an order of 1,000 lines is confirmed with everything reserved, in as many statements as one of five', async () => {
  const small = await run(draft, { input: [given(5)] })
  const large = await run(draft, { input: [given(1000)] })
  const [, few] = await counted(() => run(confirm, { ids: [...small.ids], input: {} }))
  const [, many] = await counted(() => run(confirm, { ids: [...large.ids], input: {} }))
  expect(await s.reservedFor(large.ids[0] ?? '')).toBe('2000')
  expect(many.length).toBe(few.length)
})

test('a hundred orders of five lines show on the first page and in the backlog', async () => {
  const drafted = await run(draft, { input: Array.from({ length: 100 }, () => given(5)) })
  await run(confirm, { ids: [...drafted.ids], input: {} })
  const page = await transaction(s.kernel.pool, { companies: [1] }, (tx) =>
    tx.rows(
      sql<{
        status: string
      }>`select number, status, open from sales.v_order_progress where company_id = 1 and id = any(${drafted.ids}::uuid[]) order by ordered_on desc, id desc limit 50`,
    ),
  )
  expect(page).toHaveLength(50)
  expect((await s.ask(backlog, { limit: 100 })).length).toBeGreaterThan(0)
})
