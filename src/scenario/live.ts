// A live database and the copy that scenarios are played on: the live one is looked at before and after, and never touched.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { cloneRunning, type Embedded } from '#embedded'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { migrate } from '#kernel/migrate'
import { type Ground, onDatabase } from './databases.ts'

/** What a database holds, in a few figures: any change of documents, stock or books changes one of them. */
export type Figures = {
  readonly audited: string
  readonly position: string
  readonly on_hand: string
  readonly reserved: string
  readonly debits: string
  readonly exposure: string
}

/** Reads the figures over every company. */
export async function figuresOf(kernel: Kernel): Promise<Figures> {
  const row = await transaction(
    kernel.pool,
    { companies: [] },
    async (tx) => {
      await tx.rows(
        sql`select set_config('tw.companies', coalesce((select string_agg(c::text, ',') from kernel.every_company() c), ''), true)`,
      )
      return await tx.first(sql<Figures>`select
        (select count(*)::text from kernel.audit) as audited, (select coalesce(max(position), 0)::text from kernel.audit) as position,
        (select coalesce(sum(on_hand), 0)::text from inventory.balance) as on_hand,
        (select coalesce(sum(reserved), 0)::text from inventory.balance) as reserved,
        (select coalesce(sum(debit), 0)::text from ledger.balance) as debits,
        (select coalesce(sum(open_orders + unbilled + receivable - unapplied), 0)::text from credit.account) as exposure`)
    },
    { snapshot: true },
  )
  if (!row) throw new Error('the figures of the database cannot be read')
  return row
}

/** Where scenarios are played: the server, the idle and migrated database that they start from, and how that came about. */
export type Playground = {
  readonly ground: Ground
  readonly from: string
  readonly told: string
  /** The whole server goes when it is closed, so that databases on it need not be dropped. */
  readonly thrownAway: boolean
  /** Removes the playground, or says where it stays. */
  close(keep: boolean): Promise<string | undefined>
}

type News = (progress: { step: string; text: string; done?: number; total?: number }) => void

/** A hot copy of the running embedded database, on a server of its own in a folder that is thrown away. */
export async function cloneOf(live: Embedded, progress: News): Promise<Playground> {
  const home = await mkdtemp(join(tmpdir(), 'tradewright-scenarios-'))
  await rm(home, { recursive: true })
  const copy = await cloneRunning(live, home, { onProgress: progress })
  await writeLazily(copy.ownerUrl)
  return {
    ground: { serverUrl: onDatabase(copy.ownerUrl, 'postgres'), appUrl: (name) => onDatabase(copy.url, name) },
    from: decodeURIComponent(new URL(copy.url).pathname.slice(1)),
    told: 'played on a hot copy of the live database',
    thrownAway: true,
    async close(keep) {
      await copy.stop()
      if (keep) return home
      await rm(home, { recursive: true, force: true })
      return undefined
    },
  }
}

/** A copy that is thrown away need not survive a power cut: nothing waits for the disk, which is most of what copying costs. */
async function writeLazily(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'])
      await owner.query(`alter system set ${setting} = off`)
    await owner.query('select pg_reload_conf()')
  } finally {
    await owner.end()
  }
}

/**
 * The same server with a new and migrated database to play from: where the site's data are not needed, copies of it are
 * made in a fraction of the time. Goes with the server.
 */
export async function emptyOn(playground: Playground): Promise<Playground> {
  const { ground } = playground
  const from = `tw_scenario_${randomBytes(5).toString('hex')}`
  const root = new pg.Client({ connectionString: ground.serverUrl })
  await root.connect()
  try {
    await root.query(`create database ${from}`)
    await migrate(onDatabase(ground.serverUrl, from))
    return { ...playground, from }
  } catch (error) {
    await playground.close(false)
    throw error
  } finally {
    await root.end()
  }
}

/**
 * A database beside the live one on the same server, new and migrated: what DATABASE_URL names cannot be copied while
 * people are in it without access to its files. The user needs the right to create databases.
 */
export async function besideOf(databaseUrl: string): Promise<Playground> {
  const name = `tw_scenario_${randomBytes(5).toString('hex')}`
  const root = new pg.Client({ connectionString: databaseUrl })
  await root.connect()
  const drop = async () => {
    await root.query(`drop database if exists ${name} with (force)`)
    await root.end()
  }
  try {
    await root.query(`create database ${name}`)
    await migrate(onDatabase(databaseUrl, name))
  } catch (error) {
    await drop()
    throw error
  }
  return {
    ground: { serverUrl: databaseUrl, appUrl: (database) => onDatabase(databaseUrl, database) },
    from: name,
    told: 'played in new databases beside the live one: DATABASE_URL gives no access to the files that a hot copy needs',
    thrownAway: false,
    async close(keep) {
      if (keep) await root.end()
      else await drop()
      return keep ? name : undefined
    },
  }
}
