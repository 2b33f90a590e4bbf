// Two hard hours of an order desk: orders of a thousand lines, and sixty-four clients after ten items that run out.
import { newId } from '#kernel/ids'
import type { Bench, BenchContext, Check } from '../lib/bench.ts'
import { cpuBetween, readCpu } from '../lib/cpu.ts'
import type { HttpClient } from '../lib/http-client.ts'
import { LatencyLog } from '../lib/latency.ts'
import { runLoad } from '../lib/load.ts'
import type { Row } from '../lib/table.ts'
import { call, putInUse, randomFrom } from './cycle.ts'
import { type Product, startProduct } from './product.ts'
import { COMPANY, CUSTOMERS, customerId, ITEMS, itemId } from './world.ts'

const CLIENTS = 64
const HOT_ITEMS = 10

export const crowd: Bench = {
  name: 'crowd',
  about: 'orders of 1,000 lines confirmed; 64 clients on 10 hot items until they are sold out',
  run: async (context) => {
    const product = await startProduct(context, 'bench_crowd', 10)
    try {
      const rows: Row[] = []
      const checks: Check[] = []
      await putInUse(product)
      await large(context, product, rows, checks)
      await hot(context, product, context.quick ? 50 : 300, rows, checks)
      return { rows, checks, notes: ['CPU of database and server together, per order.'] }
    } finally {
      await product.stop()
    }
  },
}

type Wanted = { customer: number; items: readonly number[] }

async function confirmed(
  client: HttpClient,
  product: Product,
  orders: readonly Wanted[],
): Promise<{ ids: string[]; draftMs: number; confirmMs: number }> {
  const begin = performance.now()
  const drafted = await call(client, 'sales/order/draft', {
    documents: orders.map((one) => ({
      customer: customerId(one.customer),
      warehouse: product.warehouse,
      reference: newId(),
      lines: one.items.map((item) => ({ item: itemId(item), quantity: '2' })),
    })),
  })
  const between = performance.now()
  await call(client, 'sales/order/confirm', { ids: drafted.ids })
  return { ids: drafted.ids, draftMs: between - begin, confirmMs: performance.now() - between }
}

async function large(context: BenchContext, product: Product, rows: Row[], checks: Check[]): Promise<void> {
  context.log('crowd: orders of 1,000 lines')
  const client = product.client(1)
  const probe = { postmasterPid: context.postmasterPid, serverPid: product.pid }
  const drafting = new LatencyLog()
  const confirming = new LatencyLog()
  const orders = context.quick ? 3 : 12
  let cpuMs = 0
  let last: string[] = []
  for (let n = 0; n <= orders; n++) {
    const items = Array.from({ length: 1_000 }, (_, at) => 1 + ((n * 37 + at * 4) % ITEMS))
    const before = readCpu(probe)
    const { ids, draftMs, confirmMs } = await confirmed(client, product, [{ customer: 1 + n, items }])
    const cpu = cpuBetween(before, readCpu(probe))
    // The first one makes the plans.
    if (n === 0) continue
    last = ids
    cpuMs += cpu.databaseMs + (cpu.serverMs ?? 0)
    drafting.add(draftMs)
    confirming.add(confirmMs)
  }
  client.close()
  rows.push({
    what: 'order of 1,000 lines, drafted',
    clients: 1,
    orders,
    cpu_ms: cpuMs / orders,
    ...latencies(drafting),
    failed: 0,
  })
  rows.push({
    what: 'order of 1,000 lines, confirmed',
    clients: 1,
    orders,
    cpu_ms: cpuMs / orders,
    ...latencies(confirming),
    failed: 0,
  })
  const reserved = await product.admin.query(
    'select from inventory.reservation where company_id = $1 and source_id = any($2::uuid[])',
    [COMPANY, last],
  )
  checks.push({
    name: 'every line of the last large order is reserved',
    ok: reserved.rowCount === 1_000,
    detail: `${reserved.rowCount} of 1,000`,
  })
}

const latencies = (log: LatencyLog): Row => {
  const { p50Ms, p95Ms, maxMs } = log.summary()
  return { p50_ms: p50Ms, p95_ms: p95Ms, max_ms: maxMs }
}

async function hot(
  context: BenchContext,
  product: Product,
  perItem: number,
  rows: Row[],
  checks: Check[],
): Promise<void> {
  context.log(`crowd: ${CLIENTS} clients, ${HOT_ITEMS} items of ${perItem} pieces`)
  const items = Array.from({ length: HOT_ITEMS }, (_, at) => at + 1)
  await product.admin.query(
    'update inventory.balance set on_hand = reserved + $2 where company_id = $1 and item_id = any($3::uuid[])',
    [COMPANY, perItem, items.map(itemId)],
  )
  const before = await heldOf(product, items)
  const client = product.client(CLIENTS)
  const random = randomFrom(5)
  const probe = { postmasterPid: context.postmasterPid, serverPid: product.pid }
  const first = readCpu(probe)
  // Each order wants two pieces of two items; a tenth more are asked for than there are.
  const orders = Math.ceil((HOT_ITEMS * perItem * 1.1) / 4)
  const load = await runLoad({
    clients: CLIENTS,
    count: orders,
    work: async () => {
      const one = random(HOT_ITEMS)
      await confirmed(client, product, [
        { customer: random(CUSTOMERS), items: [one, 1 + ((one + random(HOT_ITEMS - 1) - 1) % HOT_ITEMS)] },
      ])
    },
  })
  const cpu = cpuBetween(first, readCpu(probe))
  client.close()
  const sold = (await heldOf(product, items)) - before
  const { latency } = load
  rows.push({
    what: `order of 2 hot items, drafted and confirmed; ${load.perSecond.toFixed(0)} a second`,
    clients: CLIENTS,
    orders: load.completed,
    cpu_ms: (cpu.databaseMs + (cpu.serverMs ?? 0)) / load.completed,
    p50_ms: latency.p50Ms,
    p95_ms: latency.p95Ms,
    max_ms: latency.maxMs,
    failed: load.failed,
  })
  checks.push({ name: 'no client saw an error', ok: load.failed === 0, detail: JSON.stringify(load.errors) })
  checks.push({
    name: 'no item is oversold',
    ok: sold <= HOT_ITEMS * perItem,
    detail: `${sold} of ${HOT_ITEMS * perItem}`,
  })
  const left = (
    await product.admin.query<{ left: string }>(
      `select coalesce(sum(b.on_hand - b.reserved), 0) as left from inventory.balance b where company_id = $1 and item_id = any($2::uuid[])`,
      [COMPANY, items.map(itemId)],
    )
  ).rows[0]
  checks.push({
    name: 'what was sold and what is left is what there was',
    ok: sold + Number(left?.left) === HOT_ITEMS * perItem,
    detail: `${sold} sold, ${left?.left} left`,
  })
}

async function heldOf(product: Product, items: readonly number[]): Promise<number> {
  const row = (
    await product.admin.query<{ held: string }>(
      'select coalesce(sum(quantity), 0) as held from inventory.reservation where company_id = $1 and item_id = any($2::uuid[])',
      [COMPANY, items.map(itemId)],
    )
  ).rows[0]
  return Number(row?.held)
}
