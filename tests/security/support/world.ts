// The world of the matrix: two companies, one object of everything in each, and principals of every kind.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { ACCESS_PERMISSIONS, openSession } from '#kernel/access'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type ModuleSpec, permissionsOf } from '#kernel/module'
import { type Client, clientOf } from '../../http/support/client.ts'
import { type Site, startSite } from '../../http/support/site.ts'
import { insert, type Planted, plant } from './objects.ts'

export type Principal = { name: string; permissions: ReadonlySet<string>; key: string }

export type World = {
  site: Site
  /** Every permission of the product. */
  permissions: readonly string[]
  /** Holds everything everywhere; everything in ALPHA; everything in BETA. */
  root: Principal
  alpha: Principal
  beta: Principal
  /** Each holds everything in ALPHA but one permission. */
  lacking: ReadonlyMap<string, Principal>
  /** The roles of the template, each held in ALPHA. */
  roles: readonly Principal[]
  /** Clients that nobody should listen to, by what is wrong with them. */
  nobodies: ReadonlyMap<string, Client>
  /** One object of each entity in ALPHA (1) and BETA (2). */
  objects: ReadonlyMap<string, Readonly<Record<1 | 2, Planted>>>
  /** Entities that every company shares, so that no company's object is foreign to another. */
  shared: ReadonlySet<string>
}

/** Lays the world out on a fresh database. */
export async function layWorld(modules: readonly ModuleSpec[]): Promise<World> {
  const site = await startSite(modules)
  const permissions = [...new Set([...permissionsOf(modules), ...Object.keys(ACCESS_PERMISSIONS)])].sort()
  const make = async (name: string, held: readonly string[], companyId: number | null): Promise<Principal> => {
    const { key } = await site.machine(held, { companyId })
    return { name, permissions: new Set(held), key }
  }
  const lacking = new Map<string, Principal>()
  for (const one of permissions)
    lacking.set(
      one,
      await make(
        `all but ${one}`,
        permissions.filter((other) => other !== one),
        1,
      ),
    )
  const template: { roles: { role: string; permissions: string[] }[] } = parse(
    readFileSync(new URL('../../../template/roles.yaml', import.meta.url), 'utf8'),
  )
  const roles: Principal[] = []
  for (const { role, permissions: held } of template.roles) roles.push(await make(role, held, 1))
  return {
    site,
    permissions,
    root: await make('root', permissions, null),
    alpha: await make('all of alpha', permissions, 1),
    beta: await make('all of beta', permissions, 2),
    lacking,
    roles,
    nobodies: await layNobodies(site, permissions),
    objects: await layObjects(site, modules),
    shared: new Set(modules.flatMap((module) => module.documents.filter((doc) => doc.shared).map((doc) => doc.name))),
  }
}

async function layNobodies(site: Site, permissions: readonly string[]): Promise<ReadonlyMap<string, Client>> {
  const nobodies = new Map<string, Client>([['anonymous', site.anybody]])
  const disabled = await site.machine(permissions)
  await site.admin.query('update access.account set disabled_at = now() where id = $1', [disabled.id])
  nobodies.set('disabled', disabled.client)
  const revoked = await site.machine(permissions)
  await site.admin.query('update access.api_key set revoked_at = now() where account_id = $1', [revoked.id])
  nobodies.set('revoked key', revoked.client)
  const { id } = await site.person('expired@example.test', permissions)
  const long = new Date(site.clock.now.getTime() - 24 * 3_600_000)
  const token = await transaction(site.kernel.pool, { companies: [] }, (tx) =>
    openSession(tx, id, long, { idle: 1_000, absolute: 2_000 }),
  )
  nobodies.set('expired session', clientOf(site.origin, { cookie: `tradewright=${token.text}` }))
  return nobodies
}

async function layObjects(site: Site, modules: readonly ModuleSpec[]): Promise<World['objects']> {
  const objects = new Map<string, Record<1 | 2, Planted>>()
  for (const doc of modules.flatMap((module) => module.documents)) {
    const [one, two] = [await plant(site.admin, doc, 1), await plant(site.admin, doc, 2)]
    if (one && two) objects.set(doc.name, { 1: one, 2: two })
  }
  const named = (id: string): Planted => ({ id, number: id })
  objects.set(
    'company.warehouse',
    objects.get('company.warehouse') ?? { 1: named(site.warehouses.W1), 2: named(site.warehouses.W3) },
  )
  const owned = {
    1: await site.machine(['nothing.at.all'], { companyId: 1 }),
    2: await site.machine(['nothing.at.all'], { companyId: 2 }),
  }
  objects.set('access.account', { 1: named(owned[1].id), 2: named(owned[2].id) })
  const own = async (table: string, id: string) =>
    named(String((await site.admin.query(`select id from ${table} where account_id = $1`, [id])).rows[0]?.id))
  objects.set('access.key', {
    1: await own('access.api_key', owned[1].id),
    2: await own('access.api_key', owned[2].id),
  })
  objects.set('access.grant', {
    1: await own('access.role_grant', owned[1].id),
    2: await own('access.role_grant', owned[2].id),
  })
  const approval = async (companyId: number) => {
    const id = newId()
    const row = {
      company_id: companyId,
      id,
      kind: 'test',
      document: 'test',
      document_id: newId(),
      fingerprint: '1',
      role: 'nobody',
      state: 'pending',
      requested_by: newId(),
      requested_at: '2026-03-02T00:00:00Z',
    }
    await insert(site.admin, 'kernel.approval', new Map(Object.entries(row)))
    return named(id)
  }
  objects.set('kernel.approval', { 1: await approval(1), 2: await approval(2) })
  return objects
}
