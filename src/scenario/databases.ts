// Databases of scenarios: one holds the world, and each scenario gets a copy of it that it may spoil.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { sql, transaction } from '#kernel/db'
import { type Kernel, openKernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { layWorld, type World } from './world.ts'

/** Where databases are made. `serverUrl` signs in as somebody who may create databases. */
export type Ground = {
  readonly serverUrl: string
  /** The application's login on one of the databases, from the owner's. */
  readonly appUrl: (database: string) => string
}

export type Databases = {
  readonly world: World
  /** A fresh copy of the world. */
  make(): Promise<{ url: string; ownerUrl: string }>
  /** Removes a copy that nobody needs any more. */
  drop(place: { ownerUrl: string }): Promise<void>
  /** Removes every database that was made here. */
  clear(): Promise<void>
  /** Leaves them where they are. */
  leave(): Promise<void>
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

const newName = (): string => `tw_scenario_${randomBytes(5).toString('hex')}`

/**
 * Lays the world into a copy of the idle database `from`, which is migrated, and hands out copies of that. `spoil` may
 * change the world before it is copied; so it is tried out whether scenarios notice.
 */
export async function openDatabases(
  ground: Ground,
  from: string,
  modules: readonly ModuleSpec[],
  options: {
    /** The template that the world is laid from, as a release has it; the product's unless given. */
    files?: Readonly<Record<string, string>>
    /** The world, where it stands in `from` already. */
    world?: World
    /** Does to the laid world what must be in every copy of it, as the program itself. */
    lay?: (kernel: Kernel, world: World) => Promise<void>
    spoil?: (owner: pg.Client, world: World) => Promise<void>
  } = {},
): Promise<Databases> {
  const made: string[] = []
  const root = new pg.Client({ connectionString: ground.serverUrl })
  await root.connect()
  const copy = async (template: string): Promise<string> => {
    const database = newName()
    await root.query(`create database ${database} template ${template}`)
    made.push(database)
    return database
  }
  const drop = async ({ ownerUrl }: { ownerUrl: string }): Promise<void> => {
    const at = made.indexOf(decodeURIComponent(new URL(ownerUrl).pathname.slice(1)))
    const [database] = at < 0 ? [] : made.splice(at, 1)
    if (database !== undefined) await root.query(`drop database if exists ${database} with (force)`)
  }
  const clear = async () => {
    for (const database of made.splice(0).reverse())
      await root.query(`drop database if exists ${database} with (force)`)
    await root.end()
  }
  try {
    const base = await copy(from)
    const world = await prepare(ground, base, modules, options)
    // Statistics are copied along; without them the plans of the first minutes are those of an empty database.
    await withOwner(onDatabase(ground.serverUrl, base), world, (owner) => owner.query('analyze'))
    if (options.spoil) await withOwner(onDatabase(ground.serverUrl, base), world, options.spoil)
    let queue = Promise.resolve('')
    return {
      world,
      make: async () => {
        // One at a time: PostgreSQL copies a database only while nobody is in it, a second copier included.
        queue = queue.catch(() => '').then(() => copy(base))
        const database = await queue
        return { url: ground.appUrl(database), ownerUrl: onDatabase(ground.serverUrl, database) }
      },
      drop,
      clear,
      leave: () => root.end(),
    }
  } catch (error) {
    await clear()
    throw error
  }
}

async function prepare(
  ground: Ground,
  database: string,
  modules: readonly ModuleSpec[],
  {
    files,
    world: laid,
    lay,
  }: { files?: Readonly<Record<string, string>>; world?: World; lay?: (kernel: Kernel, world: World) => Promise<void> },
): Promise<World> {
  const kernel = openKernel(ground.appUrl(database), { max: 4 })
  try {
    // A copy of a database at work brings the turns of the original's workers along; nobody will give them back. They
    // have just looked, too: what the original's workers had left for minutes is no fault of any scenario.
    await transaction(kernel.pool, { companies: [] }, (tx) =>
      tx.run(sql`update kernel.outbox_reader set lease_until = '-infinity', at = clock_timestamp() + interval '1 day'`),
    )
    const world = laid ?? (await layWorld(kernel, modules, files))
    await lay?.(kernel, world)
    return world
  } finally {
    await kernel.close()
  }
}

async function withOwner(
  url: string,
  world: World,
  work: (owner: pg.Client, world: World) => Promise<unknown>,
): Promise<void> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    await owner.query(`select set_config('tw.companies', $1, false)`, [world.companies.map((one) => one.id).join(',')])
    await work(owner, world)
  } finally {
    await owner.end()
  }
}
