// The floor: what PostgreSQL itself needs for a five-line order from order to cash, with nothing around it.
import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { Bench, BenchContext, Check } from '../lib/bench.ts'
import { cycleFigures, type Measured, measure } from '../lib/measure.ts'
import type { Row } from '../lib/table.ts'
import { type FloorVariant, floorVariants } from './variants.ts'

/** The row of the floor against which a product's figure is held: plain SQL for single orders, sets for sets. */
export const FLOOR_SINGLE = 'pipelined SQL, 4 transactions'
export const FLOOR_SETS = 'sets of 100'

export const floor: Bench = {
  name: 'floor',
  about: 'hand-written SQL for the 5-line order-to-cash cycle, three ways',
  run: async (context) => {
    const rows: Row[] = []
    const checks: Check[] = []
    for (const variant of floorVariants) {
      context.log(`floor: ${variant.name}, ${variant.clients} clients`)
      const url = await context.freshDatabase('bench_floor')
      const admin = await context.connect(url)
      await install(admin)
      const measured = await runVariant(context, url, admin, variant)
      rows.push({ variant: variant.name, clients: variant.clients, ...cycleFigures(measured) })
      checks.push(...(await checkBooks(admin, variant, measured)))
    }
    return {
      rows,
      checks,
      notes: [
        'CPU, statements, rows and log are per cycle; latencies are per piece of work (a whole set in the last row).',
        'Left out, and so counted against the product: permissions, row-level security, idempotency, outbox, audit' +
          ' hashes, account balances, price rules, credit.',
      ],
    }
  },
}

async function install(admin: pg.Client): Promise<void> {
  for (const file of ['schema.sql', 'functions.sql', 'sets.sql']) {
    await admin.query(await readFile(new URL(file, import.meta.url), 'utf8'))
  }
  await admin.query('vacuum analyze')
}

async function runVariant(
  context: BenchContext,
  url: string,
  admin: pg.Client,
  variant: FloorVariant,
): Promise<Measured> {
  const works: (() => Promise<void>)[] = []
  const connections: pg.Client[] = []
  for (let client = 0; client < variant.clients; client += 1) {
    const connection = await context.connect(url, { pipeline: variant.pipeline })
    connections.push(connection)
    works.push(variant.createWork(connection, client))
  }
  return await measure({
    load: {
      clients: variant.clients,
      work: async (client) => {
        await works[client]?.()
      },
    },
    probe: { postmasterPid: context.postmasterPid, serverPid: null },
    admin,
    cyclesPerWork: variant.cyclesPerWork,
    warmUpMs: context.quick ? 500 : 3000,
    durationMs: context.quick ? 1500 : 12000,
    countedWork: variant.clients * 5,
    endConnections: async () => {
      await Promise.all(connections.map((connection) => connection.end()))
    },
  })
}

/** Proves from the tables that every cycle was done, whole and right: a fast floor that skips work is no floor. */
async function checkBooks(admin: pg.Client, variant: FloorVariant, measured: Measured): Promise<Check[]> {
  const answer = await admin.query<{ check: string; offending: number }>(
    await readFile(new URL('checks.sql', import.meta.url), 'utf8'),
  )
  const checks = answer.rows.map((row) => ({
    name: `floor, ${variant.name}: ${row.check}`,
    ok: row.offending === 0,
    detail: `${row.offending} found`,
  }))
  const orders = await admin.query<{ count: number }>('select count(*)::int as count from floor.sales_order')
  const failed = measured.load.failed + measured.failedEarlier
  return [
    ...checks,
    {
      name: `floor, ${variant.name}: every piece of work succeeded`,
      ok: failed === 0 && measured.cycles > 0,
      detail: `${failed} failed, ${measured.cycles} cycles measured, ${orders.rows[0]?.count} orders in the tables`,
    },
  ]
}
