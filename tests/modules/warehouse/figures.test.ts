// What shipping costs in statements, and that the statements of stock find their rows by index when there are many.
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '#kernel/command'
import { available } from '../../../src/modules/inventory/available.ts'
import { stock } from '../../../src/modules/inventory/stock.ts'
import { confirm } from '../../../src/modules/sales/order/confirm.ts'
import { draft } from '../../../src/modules/sales/order/draft.ts'
import { pick } from '../../../src/modules/warehouse/shipment/pick.ts'
import { release } from '../../../src/modules/warehouse/shipment/release.ts'
import { ship } from '../../../src/modules/warehouse/shipment/ship.ts'
import { contextOf } from '../../support/world.ts'
import { openShop, type Shop } from './shop.ts'

const ITEMS = 5_000
const MOVES = 200_000

let s: Shop
const sent: { text: string; values?: unknown[] }[] = []

/** Listens to what the driver sends while `work` runs. */
async function statements(work: () => Promise<unknown>): Promise<readonly { text: string; values?: unknown[] }[]> {
  const query = pg.Client.prototype.query
  sent.length = 0
  // The driver's method has a dozen shapes; this one passes on whatever it gets.
  Object.defineProperty(pg.Client.prototype, 'query', {
    configurable: true,
    writable: true,
    value(this: pg.Client, first: unknown, ...rest: unknown[]) {
      if (typeof first === 'string') sent.push({ text: first })
      else if (typeof first === 'object' && first !== null && 'text' in first && typeof first.text === 'string')
        sent.push({
          text: first.text,
          ...('values' in first && Array.isArray(first.values) ? { values: first.values } : {}),
        })
      return Reflect.apply(query, this, [first, ...rest])
    },
  })
  try {
    await work()
    return [...sent]
  } finally {
    Object.defineProperty(pg.Client.prototype, 'query', { configurable: true, writable: true, value: query })
  }
}

beforeAll(async () => {
  s = await openShop()
  await s.customer('C1')
  await s.item('HOT')
  const admin = s.admin
  await admin.query('set session_replication_role = replica')
  await admin.query(`insert into catalog.item (id, code, name, kind, base_unit, sales_unit, standard_cost, state, created_at, updated_at)
    select gen_random_uuid(), 'N' || n, 'N' || n, 'stock', 'EA', 'EA', 10, 'active', now(), now() from generate_series(1, ${ITEMS}) n`)
  await admin.query(`insert into inventory.balance (company_id, location_id, item_id, on_hand) select 1, l.id, i.id, 100 from catalog.item i
    join inventory.location l on l.company_id = 1 and l.kind = 'stock' where i.code like 'N%'`)
  await admin.query(
    `insert into costing.item_cost (company_id, item_id, quantity, value) select 1, id, 200, 2000 from catalog.item where code like 'N%'`,
  )
  await admin.query(`insert into inventory.move (company_id, id, posting_date, item_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at)
    select 1, gen_random_uuid(), date '2026-01-01' + (n % 60), i.id, f.id, t.id, 1, 'received', 'warehouse.receipt', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now()
      from generate_series(1, ${MOVES}) n join (select id, row_number() over (order by id) as at from catalog.item where code like 'N%') i on i.at = n % ${ITEMS} + 1
      cross join (select id from inventory.location where company_id = 1 and kind = 'supplier') f cross join (select id from inventory.location where company_id = 1 and kind = 'stock' limit 1) t`)
  await admin.query('set session_replication_role = origin')
  await s.stock('W1', 'HOT', '500')
  await s.stock('W2', 'HOT', '500')
  await admin.query('analyze')
})

const ask = (command: Command, request: { ids?: readonly string[]; input: unknown }, key: string) =>
  statements(() => command.run(s.kernel, contextOf({ key }), request))

describe('statements of one command, begin and commit included', () => {
  test('release: eight; ship: fourteen, with a key', async () => {
    // The first run fetches a block of numbers, once in a hundred documents.
    for (const round of [1, 2]) {
      const order = await s.order('W2', [{ item: 'HOT', quantity: '2' }])
      const released = await ask(release, { input: [{ order }] }, `release-${round}`)
      const list = await s.value<string>('select id from warehouse.shipment where order_id = $1', [order])
      const shipped = await ask(ship, { ids: [list], input: {} }, `shipping-${round}`)
      if (round === 1) continue
      expect(released.length).toBeLessThanOrEqual(8)
      expect(shipped.length).toBeLessThanOrEqual(14)
      console.info(`release ${released.length}, ship ${shipped.length} statements`)
    }
  })
})

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Plan Rows': number
  Plans?: Node[]
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
}
const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)]

/** Runs every statement again with its values and a generic plan, undone, and returns how many rows of big tables each read. */
async function reads(all: readonly { text: string; values?: unknown[] }[]): Promise<{ text: string; most: number }[]> {
  const found: { text: string; most: number }[] = []
  await s.admin.query('begin')
  await s.admin.query(
    `select set_config('tw.companies', '1', true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
  )
  for (const [at, one] of all.entries()) {
    if (!/^\s*(with|select|insert|update|delete)/i.test(one.text) || one.text.includes('set_config')) continue
    await s.admin.query('savepoint one')
    await s.admin.query(`prepare p${at} as ${one.text}`)
    const values = (one.values ?? []).map((value) => literal(value)).join(', ')
    const { rows } = await s.admin.query(`explain (analyze, format json) execute p${at}${values ? `(${values})` : ''}`)
    const plan = rows[0]['QUERY PLAN'][0].Plan as Node
    const most = Math.max(
      0,
      ...nodes(plan)
        .filter(
          (node) =>
            /balance|move|reservation|item_cost|valuation/.test(node['Relation Name'] ?? '') &&
            node['Node Type'] !== 'ModifyTable',
        )
        .map(
          (node) => ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1),
        ),
    )
    found.push({ text: one.text, most })
    await s.admin.query('rollback to savepoint one')
  }
  await s.admin.query('rollback')
  return found
}

/** A value as a literal without a type, so that the prepared statement decides. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return `'${plain(value).replaceAll("'", "''")}'`
}

function plain(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (!Array.isArray(value)) return String(value)
  return `{${value.map((one) => (one === null ? 'null' : JSON.stringify(plain(one)))).join(',')}}`
}

test(`with ${MOVES} moves and ${ITEMS} items no hot statement reads more than a handful of stock rows`, async () => {
  const dry = { dryRun: true }
  const input = [{ customer: 'C1', warehouse: 'W2', lines: [{ item: 'HOT', quantity: '2' }] }]
  const drafted = await draft.run(s.kernel, contextOf(), { input })
  const confirmed = await s.order('W1', [{ item: 'HOT', quantity: '2' }])
  const picking = await s.release(await s.order('W1', [{ item: 'HOT', quantity: '3' }]))
  const shipping = await s.release(await s.order('W2', [{ item: 'HOT', quantity: '2' }]))
  const short = { lines: [{ line: 1, picked: '1', reason: 'two are missing' }] }
  const hot = [
    ...(await statements(() => s.run(confirm, drafted.ids, {}, dry))),
    ...(await statements(() => release.run(s.kernel, contextOf(dry), { input: [{ order: confirmed }] }))),
    ...(await statements(() => s.run(pick, [picking], short, dry))),
    ...(await statements(() => s.run(ship, [shipping], {}, dry))),
    ...(await statements(() => stock.ask(s.kernel, contextOf(), { item: 'HOT', on: '2026-02-15' }))),
    ...(await statements(() => available.ask(s.kernel, contextOf(), { item: 'HOT' }))),
  ]
  const read = await reads(hot)
  expect(read.filter((one) => one.most > 0).length).toBeGreaterThan(5)
  const heavy = read.filter((one) => one.most > 50)
  expect(heavy.map((one) => `${one.most} ${one.text.replace(/\s+/g, ' ').slice(0, 120)}`)).toEqual([])
})
