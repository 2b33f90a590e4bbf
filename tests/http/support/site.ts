// A running product over real HTTP: the small world, accounts with roles and keys, and a clock that tests may move.
import type pg from 'pg'
import { ensureRole, hashPassword, insertAccount, insertGrant, insertKey } from '#kernel/access'
import { transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { type AppOptions, buildApp } from '../../../src/app.ts'
import { whenFileEnds } from '../../support/clean-up.ts'
import { testDatabase } from '../../support/database.ts'
import { layCompanies } from '../../support/world.ts'
import { type Client, clientOf } from './client.ts'
import { desk, layDesk } from './desk.ts'

export const PASSWORD = 'seven green kettles on the roof'

export type Site = {
  origin: string
  admin: pg.Client
  kernel: Kernel
  warehouses: Record<'W1' | 'W2' | 'W3', string>
  log: string[]
  clock: { now: Date }
  /** A client without credentials. */
  anybody: Client
  /** Makes an account that holds exactly these permissions, and a client that uses its API key. */
  machine(permissions: readonly string[], where?: Where): Promise<{ id: string; key: string; client: Client }>
  /** Makes a person with the password PASSWORD. */
  person(email: string, permissions: readonly string[], where?: Where): Promise<{ id: string; role: string }>
}

export type Where = { companyId?: number | null; warehouseId?: string; upTo?: string }

/** Starts the product with the given modules (the test desk when none) on a free port; stops it when the file ends. */
export async function startSite(
  modules: readonly ModuleSpec[] = [desk],
  options: Partial<AppOptions> = {},
): Promise<Site> {
  const { admin, kernel } = await testDatabase()
  const { warehouses } = await layCompanies(admin)
  if (modules.includes(desk)) await layDesk(admin)
  const clock = { now: new Date('2026-03-02T15:00:00Z') }
  const log: string[] = []
  const app = buildApp({
    kernel,
    modules,
    cookie: 'loopback',
    logLevel: 'info',
    logStream: { write: (line) => void log.push(line) },
    clock: () => clock.now,
    limits: { perAddress: { burst: 100_000, perSecond: 100_000 }, everybody: { burst: 100_000, perSecond: 100_000 } },
    ...options,
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  whenFileEnds(() => app.close())
  let made = 0

  const account = async (email: string, kind: 'person' | 'machine', permissions: readonly string[], where: Where) => {
    const role = `role-${++made}`
    const passwordHash = kind === 'person' ? await hashPassword(PASSWORD) : null
    const id = await transaction(kernel.pool, { companies: [] }, async (tx) => {
      const accountId = await insertAccount(tx, { email, name: email, kind, passwordHash }, clock.now)
      if (!accountId) throw new Error(`${email} is there already`)
      await ensureRole(tx, { code: role, name: role, purpose: 'a test', permissions })
      await insertGrant(tx, {
        accountId,
        role,
        companyId: where.companyId === undefined ? 1 : where.companyId,
        warehouseId: where.warehouseId ?? null,
        upTo: where.upTo ?? null,
        grantedBy: accountId,
        reason: 'a test',
      })
      return accountId
    })
    return { id, role }
  }

  return {
    origin,
    admin,
    kernel,
    warehouses,
    log,
    clock,
    anybody: clientOf(origin),
    person: (email, permissions, where = {}) => account(email, 'person', permissions, where),
    async machine(permissions, where = {}) {
      const { id } = await account(`machine-${made + 1}@example.test`, 'machine', permissions, where)
      const key = await transaction(kernel.pool, { companies: [] }, (tx) =>
        insertKey(tx, { accountId: id, name: 'test', expiresAt: null, now: clock.now }),
      )
      return { id, key: key.text, client: clientOf(origin, { key: key.text }) }
    },
  }
}
