// The product's order-to-cash cycle through its HTTP API, one order a call and in sets of a hundred, against the floor.
import { newId } from '#kernel/ids'
import { FLOOR_SETS, FLOOR_SINGLE } from '../floor/floor.ts'
import type { Bench, BenchContext, BenchResult, Check } from '../lib/bench.ts'
import type { HttpClient } from '../lib/http-client.ts'
import { cycleFigures, measure } from '../lib/measure.ts'
import { type Product, startProduct } from './product.ts'
import { CUSTOMERS, customerId, ITEMS, itemId, priceOf } from './world.ts'

type Answer = { ids: string[] }

const VARIANTS = [
  { name: 'API, one order a call', size: 1, clients: 8, floor: FLOOR_SINGLE },
  { name: 'API, sets of 100', size: 100, clients: 4, floor: FLOOR_SETS },
] as const

export const cycle: Bench = {
  name: 'product',
  about: 'the same cycle through the HTTP API: draft, confirm, release, ship, invoice, pay',
  run: async (context) => {
    const result: BenchResult = {
      rows: [],
      checks: [],
      notes: [
        'ratio_to_floor compares system CPU with the floor of the same run; it is absent when the floor was not run.',
      ],
    }
    for (const variant of VARIANTS) {
      context.log(`product: ${variant.name}, ${variant.clients} clients`)
      const product = await startProduct(context, 'bench_product')
      try {
        await putInUse(product)
        const before = await openThings(product)
        const measured = await measureVariant(context, product, variant)
        const figures = cycleFigures(measured)
        const floor = context.finished.get('floor')?.rows.find((row) => row.variant === variant.floor)
        result.rows.push({
          variant: variant.name,
          clients: variant.clients,
          ...figures,
          ratio_to_floor:
            typeof floor?.system_cpu_ms === 'number' ? Number(figures.system_cpu_ms) / floor.system_cpu_ms : null,
        })
        result.checks.push(
          { name: `${variant.name}: nothing failed`, ok: figures.failed === 0, detail: `${figures.failed} failed` },
          ...(await booksAreRight(product, variant.name, before)),
        )
      } finally {
        await product.stop()
      }
    }
    return result
  },
}

function measureVariant(context: BenchContext, product: Product, variant: (typeof VARIANTS)[number]) {
  const client = product.client(variant.clients)
  const random = randomFrom(7)
  return measure({
    load: { clients: variant.clients, work: () => cycleOf(client, product, random, variant.size) },
    probe: { postmasterPid: context.postmasterPid, serverPid: product.pid },
    admin: product.admin,
    cyclesPerWork: variant.size,
    warmUpMs: context.quick ? 2000 : 6000,
    durationMs: context.quick ? 3000 : 20000,
    countedWork: variant.clients * 5,
    endConnections: async () => {
      client.close()
      await product.stop()
    },
  })
}

/** One piece of work: `size` orders of five lines, each step one request. Throws when the server says anything but yes. */
export async function cycleOf(
  client: HttpClient,
  product: Pick<Product, 'warehouse'>,
  random: (n: number) => number,
  size: number,
): Promise<void> {
  const orders = Array.from({ length: size }, () => ({
    customer: customerId(random(CUSTOMERS)),
    warehouse: product.warehouse,
    // Orders carry the customer's own number; without it two of the same customer may look alike and be held.
    reference: newId(),
    lines: basket(random),
  }))
  const documents = orders.map((order) => ({
    ...order,
    lines: order.lines.map(({ item, quantity }) => ({ item, quantity })),
  }))
  const drafted = await call(client, 'sales/order/draft', { documents })
  await call(client, 'sales/order/confirm', { ids: drafted.ids })
  const released = await call(client, 'warehouse/shipment/release', {
    documents: drafted.ids.map((order) => ({ order })),
  })
  await call(client, 'warehouse/shipment/ship', { ids: released.ids })
  const invoiced = await call(client, 'receivables/invoice/issue', {
    documents: drafted.ids.map((order) => ({ order })),
  })
  await call(client, 'receivables/payment/receive', {
    documents: invoiced.ids.map((invoice, at) => ({
      customer: orders[at]?.customer,
      amount: totalOf(orders[at]?.lines ?? []),
      apply: [{ invoice }],
    })),
  })
}

type Line = { item: string; quantity: string; net: number }

/** Five different items, two of them in random quantities, as in the floor. */
const basket = (random: (n: number) => number): Line[] => {
  const start = random(ITEMS)
  return [0, 997, 1994, 2991, 3988].map((step, at) => {
    const n = 1 + ((start + step) % ITEMS)
    const quantity = at < 2 ? random(10) : at + 1
    return { item: itemId(n), quantity: String(quantity), net: quantity * priceOf(n) }
  })
}

/** What the customer owes: whole dollars and a tenth of them as tax, so that it can be said exactly. */
function totalOf(lines: readonly Line[]): string {
  const tenths = lines.reduce((sum, line) => sum + line.net, 0) * 11
  return `${Math.trunc(tenths / 10)}.${tenths % 10}0`
}

export async function call(client: HttpClient, path: string, body: unknown): Promise<Answer> {
  const answer = await client.send({
    method: 'POST',
    path: `/api/${path}`,
    headers: { 'idempotency-key': newId() },
    body,
  })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}

/** Repeatable numbers from 1 to n (mulberry32). */
export function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return 1 + (((mixed ^ (mixed >>> 14)) >>> 0) % n)
  }
}

/**
 * Some hundred finished orders, two hundred that wait with their stock promised, and statistics. Plans made while tables
 * are empty, or have only ever been counted empty, are those of no distributor.
 */
export async function putInUse(product: Product): Promise<void> {
  const client = product.client(1)
  const random = randomFrom(3)
  for (let n = 0; n < 40; n++) await cycleOf(client, product, random, n < 20 ? 1 : 5)
  await product.admin.query('vacuum analyze')
  for (let n = 0; n < 4; n++) {
    const waiting = Array.from({ length: 50 }, () => ({
      customer: customerId(random(CUSTOMERS)),
      warehouse: product.warehouse,
      reference: newId(),
      lines: basket(random).map(({ item, quantity }) => ({ item, quantity })),
    }))
    await call(client, 'sales/order/confirm', {
      ids: (await call(client, 'sales/order/draft', { documents: waiting })).ids,
    })
    await cycleOf(client, product, random, 50)
  }
  client.close()
  await product.admin.query('vacuum analyze')
}

const openThings = async ({ admin }: Product): Promise<Record<string, string>> =>
  (
    await admin.query<Record<string, string>>(`select
    (select count(*) from sales.v_order_progress where status <> 'invoiced') as "unfinished orders",
    (select count(*) from receivables.invoice where open <> 0) as "unpaid invoices",
    (select coalesce(sum(quantity), 0) from inventory.reservation) as "pieces reserved",
    (select sum(open_orders + unbilled + receivable + unapplied) from credit.account) as exposure`)
  ).rows[0] ?? {}

/** What was open before is open after, and nothing else; entries balance; invoice numbers have no gap. */
async function booksAreRight(product: Product, variant: string, before: Record<string, string>): Promise<Check[]> {
  const after = await openThings(product)
  const wrong = (
    await product.admin.query<Record<string, string>>(`select
    (select count(*) from (select 1 from ledger.journal_line group by entry_id having sum(debit) <> sum(credit)) x) as "entries out of balance",
    (select count(*) from (select count(*) as n, max(right(number, 6)::int) as m from receivables.invoice having count(*) <> max(right(number, 6)::int)) x) as "gaps in invoice numbers"`)
  ).rows[0]
  return [
    ...Object.keys(after).map((name) => ({
      name: `${variant}: ${name} as before`,
      ok: Number(before[name]) === Number(after[name]),
      detail: `${before[name]} before, ${after[name]} after`,
    })),
    ...Object.entries(wrong ?? {}).map(([name, count]) => ({
      name: `${variant}: no ${name}`,
      ok: Number(count) === 0,
      detail: count,
    })),
  ]
}
