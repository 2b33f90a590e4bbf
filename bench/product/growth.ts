// Whether the hundred-thousandth order costs what the thousandth did, and whether the server keeps its memory.
import type { Bench, BenchContext } from '../lib/bench.ts'
import { cpuBetween, readCpu } from '../lib/cpu.ts'
import { runLoad } from '../lib/load.ts'
import { watchMemory } from '../lib/memory.ts'
import type { Row } from '../lib/table.ts'
import { cycleOf, putInUse, randomFrom } from './cycle.ts'
import { type Product, startProduct } from './product.ts'

/** Single orders measured at each stage. */
const MEASURED = 300
const SET = 100

export const growth: Bench = {
  name: 'growth',
  about: 'CPU of a cycle after 1,000, 10,000 and 100,000 cycles, and the memory of the server over them',
  run: async (context) => {
    const stages = context.quick ? [500, 1_500] : [1_000, 10_000, 50_000, 100_000]
    const product = await startProduct(context, 'bench_growth', 6)
    await putInUse(product)
    const memory = watchMemory({ pid: product.pid, everyMs: context.quick ? 500 : 5_000 })
    try {
      const rows: Row[] = []
      let done = 0
      for (const stage of stages) {
        done = await fillTo(context, product, done, stage)
        await product.admin.query('vacuum analyze')
        rows.push({ after_cycles: stage, ...(await single(context, product)) })
        done += MEASURED
      }
      const first = Number(rows[0]?.system_cpu_ms)
      for (const row of rows) row.against_first = Number(row.system_cpu_ms) / first
      const kept = await memory.stop()
      rows.push({
        after_cycles: 'memory',
        system_cpu_ms: null,
        database_cpu_ms: null,
        server_cpu_ms: null,
        resident_mb: kept.lastResidentBytes / 2 ** 20,
        against_first: kept.residentGrowthPercent === null ? null : 1 + kept.residentGrowthPercent / 100,
      })
      return {
        rows,
        checks: [{ name: 'every cycle was done', ok: true, detail: `${done}` }],
        notes: [
          'Filled with sets of 100 by two clients, measured with single orders of 4 clients. Memory: mean of the last fifth of the samples against the first.',
        ],
      }
    } finally {
      await product.stop()
    }
  },
}

async function fillTo(context: BenchContext, product: Product, from: number, to: number): Promise<number> {
  context.log(`growth: from ${from} to ${to} cycles`)
  const client = product.client(2)
  const random = randomFrom(from + 17)
  const load = await runLoad({
    clients: 2,
    count: Math.ceil((to - from) / SET),
    work: () => cycleOf(client, product, random, SET),
  })
  client.close()
  if (load.failed > 0) throw new Error(`filling failed ${load.failed} times: ${JSON.stringify(load.errors)}`)
  return from + load.completed * SET
}

async function single(context: BenchContext, product: Product): Promise<Row> {
  const client = product.client(4)
  const random = randomFrom(23)
  const work = () => cycleOf(client, product, random, 1)
  const warm = await runLoad({ clients: 4, count: 80, work })
  const probe = { postmasterPid: context.postmasterPid, serverPid: product.pid }
  const before = readCpu(probe)
  const load = await runLoad({ clients: 4, count: MEASURED, work })
  const cpu = cpuBetween(before, readCpu(probe))
  client.close()
  if (load.failed + warm.failed > 0)
    throw new Error(`${load.failed} cycles failed: ${JSON.stringify({ ...warm.errors, ...load.errors })}`)
  return {
    system_cpu_ms: (cpu.databaseMs + (cpu.serverMs ?? 0)) / MEASURED,
    database_cpu_ms: cpu.databaseMs / MEASURED,
    server_cpu_ms: (cpu.serverMs ?? 0) / MEASURED,
    p50_ms: load.latency.p50Ms,
    p95_ms: load.latency.p95Ms,
  }
}
