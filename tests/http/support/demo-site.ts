// The whole product over real HTTP on the demo enterprise: both companies with documents in every stage of their lives.

import type pg from 'pg'
import { ACCESS_PERMISSIONS, ensureRole, insertAccount, insertGrant, insertKey } from '#kernel/access'
import { transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { permissionsOf } from '#kernel/module'
import { type AppOptions, buildApp } from '../../../src/app.ts'
import { loadDemo } from '../../../src/demo/index.ts'
import { modules } from '../../../src/modules/index.ts'
import { whenFileEnds } from '../../support/clean-up.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { demoDatabase } from '../../support/demo-database.ts'
import { type Client, clientOf } from './client.ts'

export type DemoSite = {
  origin: string
  admin: pg.Client
  kernel: Kernel
  /** The demo's companies, by their place: the first and the second. */
  companies: readonly { id: number; code: string }[]
  /** A machine that holds every permission, in the company given or in all. */
  machine(companyId: number | null): Promise<{ key: string; client: Client }>
}

/** Wednesday in the middle of a month: the demo tells its days from here. */
export const NOW = new Date('2026-11-18T16:00:00Z')

/** Loads the demo into a database of its own and starts the product on it; stops it when the test file ends. */
export async function demoSite(options: Partial<AppOptions> = {}): Promise<DemoSite> {
  return await siteOn(await demoDatabase(NOW), options)
}

/** The same with the demo loaded while the test looks on, through this process. */
export async function demoLoadedHere(): Promise<DemoSite> {
  const database = await testDatabase()
  await loadDemo(database.kernel, { now: NOW })
  return await siteOn(database, {})
}

async function siteOn({ admin, kernel }: TestDatabase, options: Partial<AppOptions>): Promise<DemoSite> {
  const app = buildApp({
    kernel,
    modules,
    cookie: 'loopback',
    logLevel: 'silent',
    clock: () => NOW,
    limits: {
      perPrincipal: { burst: 1_000_000, perSecond: 1_000_000 },
      perAddress: { burst: 100_000, perSecond: 100_000 },
      everybody: { burst: 100_000, perSecond: 100_000 },
    },
    ...options,
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  whenFileEnds(() => app.close())
  const companies = await admin.query<{ id: number; code: string }>('select id, code from company.company order by id')
  const permissions = [...new Set([...permissionsOf(modules), ...Object.keys(ACCESS_PERMISSIONS)])]
  let made = 0

  return {
    origin,
    admin,
    kernel,
    companies: companies.rows,
    async machine(companyId) {
      const name = `everything-${++made}`
      const key = await transaction(kernel.pool, { companies: [] }, async (tx) => {
        const email = `${name}@example.test`
        const accountId = await insertAccount(tx, { email, name, kind: 'machine', passwordHash: null }, NOW)
        if (!accountId) throw new Error(`${name} is there already`)
        await ensureRole(tx, { code: name, name, purpose: 'a test', permissions })
        const grant = { accountId, role: name, companyId, warehouseId: null, upTo: null }
        await insertGrant(tx, { ...grant, grantedBy: accountId, reason: 'a test' })
        return await insertKey(tx, { accountId, name, expiresAt: null, now: NOW })
      })
      return { key: key.text, client: clientOf(origin, { key: key.text }) }
    },
  }
}
