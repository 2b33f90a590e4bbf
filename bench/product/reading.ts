// What reading costs when there is much to read: the list of orders at a million, prices at a million, the books at five.

import type { Bench, BenchContext, Check } from '../lib/bench.ts'
import type { HttpClient } from '../lib/http-client.ts'
import { LatencyLog } from '../lib/latency.ts'
import type { Row } from '../lib/table.ts'
import { call, randomFrom } from './cycle.ts'
import { fillLedger, fillOrders, fillPrices, monthsBefore } from './fill.ts'
import { type Product, startProduct } from './product.ts'
import { CUSTOMERS, customerId, ITEMS, itemId } from './world.ts'

/** Requests of each kind; the first few warm the plans and are not counted. */
const REQUESTS = 200
const WARM = 10

export const reading: Bench = {
  name: 'reading',
  about: 'lists at 1,000,000 orders, prices with 1,000,000 conditions, trial balance at 5,000,000 journal lines',
  run: async (context) => {
    const share = context.quick ? 20 : 1
    const product = await startProduct(context, 'bench_reading', 4)
    try {
      const rows: Row[] = []
      const checks: Check[] = []
      await lists(context, product, 1_000_000 / share, rows, checks)
      await prices(context, product, 1_000_000 / share, rows)
      await books(context, product, 5_000_000 / share, rows, checks)
      return {
        rows,
        checks,
        notes: ['One client over HTTP, one request after the other; latencies from request to parsed answer.'],
      }
    } finally {
      await product.stop()
    }
  },
}

async function timed(what: string, size: number, work: (n: number) => Promise<unknown>): Promise<Row> {
  const log = new LatencyLog()
  for (let n = 0; n < REQUESTS + WARM; n++) {
    const begin = performance.now()
    await work(n)
    if (n >= WARM) log.add(performance.now() - begin)
  }
  const { p50Ms, p95Ms, p99Ms, maxMs } = log.summary()
  return { what, size, requests: REQUESTS, p50_ms: p50Ms, p95_ms: p95Ms, p99_ms: p99Ms, max_ms: maxMs }
}

async function get(client: HttpClient, path: string): Promise<{ items: { id: string }[]; next?: string }> {
  const answer = await client.send({ method: 'GET', path })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as { items: { id: string }[]; next?: string }
}

async function lists(
  context: BenchContext,
  product: Product,
  size: number,
  rows: Row[],
  checks: Check[],
): Promise<void> {
  context.log(`reading: filling ${size} orders`)
  await fillOrders(product.admin, product.warehouse, size)
  const client = product.client(1)
  const random = randomFrom(11)
  const list = (asked: string) => get(client, `/api/sales/order?limit=50${asked}`)
  const filled: Record<string, number> = {}
  const measure = async (what: string, asked: () => string) => {
    rows.push(
      await timed(what, size, async () => {
        filled[what] = Math.max(filled[what] ?? 0, (await list(asked())).items.length)
      }),
    )
  }
  await measure('orders: first page', () => '')
  await measure('orders: of a customer', () => `&filter[customer]=${customerId(random(CUSTOMERS))}`)
  await measure('orders: on hold', () => '&filter[state]=on_hold')
  await measure('orders: sorted by number', () => '&sort=number')
  await measure(
    'orders: searched by number',
    () => `&q=SO-${new Date().getUTCFullYear()}-${String(size - random(Math.trunc(size / 4))).padStart(7, '0')}`,
  )
  await measure(
    'orders: searched by customer order number',
    () => `&q=PO${(3 * random(Math.trunc(size / 3)) * 13) % 9999991}`,
  )
  let cursor = ''
  rows.push(
    await timed('orders: next page, and the next', size, async () => {
      const page = await list(cursor)
      filled['next page'] = page.items.length
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : ''
    }),
  )
  client.close()
  for (const [what, count] of Object.entries(filled))
    checks.push({ name: `${what} finds something`, ok: count > 0, detail: `${count} rows` })
}

async function prices(context: BenchContext, product: Product, size: number, rows: Row[]): Promise<void> {
  context.log(`reading: filling ${size} prices`)
  await fillPrices(product.admin, size)
  const client = product.client(1)
  const random = randomFrom(13)
  const lines = (count: number) =>
    Array.from({ length: count }, () => ({
      item: itemId(1 + (((random(ITEMS / 10) - 1) * 10) % ITEMS)),
      quantity: '3',
    }))
  for (const count of [5, 100]) {
    rows.push(
      await timed(`a draft of ${count} lines priced, as a preview`, size, () =>
        call(client, 'sales/order/draft?dryRun=true', {
          documents: [{ customer: customerId(random(CUSTOMERS)), warehouse: product.warehouse, lines: lines(count) }],
        }),
      ),
    )
  }
  client.close()
}

async function books(
  context: BenchContext,
  product: Product,
  size: number,
  rows: Row[],
  checks: Check[],
): Promise<void> {
  context.log(`reading: filling ${size} journal lines`)
  const months = monthsBefore(24)
  await fillLedger(product.admin, months, size)
  const client = product.client(1)
  rows.push(await timed('trial balance, to date', size, () => get(client, '/api/ledger/trial-balance')))
  rows.push(
    await timed('trial balance, at the end of a month', size, () =>
      get(client, `/api/ledger/trial-balance?asOf=${months.at(-1)}-28`),
    ),
  )
  rows.push(
    await timed('trial balance, in the middle of a month', size, () =>
      get(client, `/api/ledger/trial-balance?asOf=${months[11]}-15`),
    ),
  )
  const sums = (
    await product.admin.query<{
      wrong: string
    }>(`select count(*) as wrong from (select account, sum(debit - credit) v from ledger.balance group by 1) b
    full join (select account, sum(debit - credit) v from ledger.journal_line group by 1) l using (account) where b.v is distinct from l.v`)
  ).rows[0]
  checks.push({ name: 'balances equal lines', ok: sums?.wrong === '0', detail: `${sums?.wrong} accounts differ` })
  client.close()
}
