// What the load generator itself costs a request, with node:http and with fetch: the lighter one is the one we use.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Bench } from '../lib/bench.ts'
import { ownCpuMs, processCpuMs } from '../lib/cpu.ts'
import { HttpClient } from '../lib/http-client.ts'
import { type LoadResult, runLoad } from '../lib/load.ts'
import type { Row } from '../lib/table.ts'

const CLIENTS = 8
const ORDER = {
  customer: 'C1042',
  lines: Array.from({ length: 5 }, (_, line) => ({ item: `SKU-${line}`, quantity: '3', unit: 'EA', price: '12.50' })),
}

type Sender = { name: string; send: () => Promise<void>; close: () => void }

export const client: Bench = {
  name: 'client',
  about: "the load generator's own CPU for a request: node:http against fetch",
  run: async (context) => {
    const server = await startEchoServer()
    const rows: Row[] = []
    let failed = 0
    try {
      for (const sender of [createHttpSender(server.origin), createFetchSender(server.origin)]) {
        context.log(`client: ${sender.name}, ${CLIENTS} clients`)
        const load = { clients: CLIENTS, work: sender.send }
        await runLoad({ ...load, durationMs: context.quick ? 500 : 2000 })
        const clientBefore = ownCpuMs()
        const serverBefore = processCpuMs(server.pid)
        const result: LoadResult = await runLoad({ ...load, count: context.quick ? 5_000 : 40_000 })
        failed += result.failed
        rows.push({
          client: sender.name,
          requests: result.completed,
          requests_per_s: result.perSecond,
          client_cpu_ms: (ownCpuMs() - clientBefore) / result.completed,
          server_cpu_ms: (processCpuMs(server.pid) - serverBefore) / result.completed,
          p50_ms: result.latency.p50Ms,
          p99_ms: result.latency.p99Ms,
        })
        sender.close()
      }
    } finally {
      server.stop()
    }
    return {
      rows,
      checks: [{ name: 'client: every request was answered', ok: failed === 0, detail: `${failed} failed` }],
      notes: ['CPU is per request, client and server apart; the server only sends the body back.'],
    }
  },
}

function createHttpSender(origin: string): Sender {
  const http = new HttpClient({ origin, connections: CLIENTS })
  return {
    name: 'node:http',
    send: async () => {
      requireOk((await http.send({ method: 'POST', path: '/echo', body: ORDER })).status)
    },
    close: () => http.close(),
  }
}

function createFetchSender(origin: string): Sender {
  return {
    name: 'fetch',
    send: async () => {
      const response = await fetch(`${origin}/echo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ORDER),
      })
      await response.json()
      requireOk(response.status)
    },
    close: () => {},
  }
}

function requireOk(status: number): void {
  if (status !== 200) {
    throw new Error(`status ${status}`)
  }
}

async function startEchoServer(): Promise<{ origin: string; pid: number; stop: () => void }> {
  const runner = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const child: ChildProcess = fork(runner, [fileURLToPath(new URL('echo-server.ts', import.meta.url))], {
    execArgv: [],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => {
      const told = typeof message === 'object' && message !== null && 'port' in message ? Number(message.port) : 0
      resolve(told)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The echo server ended with ${code} before it listened.`)))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () => {
      child.disconnect()
    },
  }
}
