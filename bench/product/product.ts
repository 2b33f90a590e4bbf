// The product's own server over its HTTP API, in a world of the floor's size.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { ensureRole, insertAccount, insertGrant, insertKey } from '#kernel/access'
import { SYSTEM } from '#kernel/context'
import { transaction } from '#kernel/db'
import { openKernel } from '#kernel/kernel'
import { migrate } from '#kernel/migrate'
import { permissionsOf } from '#kernel/module'
import { modules } from '../../src/modules/index.ts'
import type { BenchContext } from '../lib/bench.ts'
import { HttpClient } from '../lib/http-client.ts'
import { COMPANY, layWorld } from './world.ts'

export type Product = {
  url: string
  origin: string
  pid: number
  admin: pg.Client
  key: string
  warehouse: string
  client(connections: number): HttpClient
  stop(): Promise<void>
}

/** The months that bookings and the log of today fall into, with the next one for a run over midnight. */
const months = (): string[] => {
  const now = new Date()
  return [0, 1].map((ahead) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7),
  )
}

/** Migrates a fresh database, lays the world down, makes a machine with every permission, and starts the server. */
export async function startProduct(context: BenchContext, name: string, connections = 10): Promise<Product> {
  const url = await context.freshDatabase(name)
  await migrate(url)
  const admin = await context.connect(url)
  await admin.query('create extension if not exists pg_stat_statements')
  const warehouse = await layWorld(admin, months())
  const key = await machineKey(url)
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../bin/run.js', import.meta.url)), fileURLToPath(new URL('serve.ts', import.meta.url))],
    {
      env: { ...process.env, BENCH_DATABASE_URL: url, BENCH_CONNECTIONS: String(connections) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const origin = await firstLine(child)
  if (child.pid === undefined) throw new Error('the server did not start')
  return {
    url,
    origin,
    pid: child.pid,
    admin,
    key,
    warehouse,
    client: (connections) => new HttpClient({ origin, connections, headers: { authorization: `Bearer ${key}` } }),
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the server ended before it listened')
}

async function machineKey(url: string): Promise<string> {
  const kernel = openKernel(url, { max: 2 })
  try {
    return await transaction(kernel.pool, { companies: [COMPANY] }, async (tx) => {
      const now = new Date()
      await ensureRole(tx, {
        code: 'bench',
        name: 'Bench',
        purpose: 'Runs the measured cycle',
        permissions: permissionsOf(modules),
      })
      const accountId = await insertAccount(tx, { email: 'bench@example.com', name: 'Bench', kind: 'machine' }, now)
      if (!accountId) throw new Error('the machine account exists already')
      await insertGrant(tx, { accountId, role: 'bench', companyId: COMPANY, grantedBy: SYSTEM.id, reason: 'bench' })
      return (await insertKey(tx, { accountId, name: 'bench', expiresAt: null, now })).text
    })
  } finally {
    await kernel.close()
  }
}
