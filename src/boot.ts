// Brings a database to where the product can run on it: found or started, migrated, reachable, and left in good order.
import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { type Embedded, startEmbedded } from '#embedded'
import { errorCode, isUnreachable, sql, transaction } from '#kernel/db'
import { type Kernel, openKernel } from '#kernel/kernel'
import { migrate, migrationStatus } from '#kernel/migrate'
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  DATABASE_UNREACHED: {
    text: 'The database at {place} cannot be reached: {problem}. Start it, or correct DATABASE_URL; without DATABASE_URL a database of our own is started.',
    kind: 'busy',
    retry: 'yes',
  },
  DATABASE_SIGN_IN: {
    text: 'The database at {place} does not let us in: {problem}. Correct the user, the password or the database name in DATABASE_URL.',
    kind: 'forbidden',
    retry: 'no',
  },
  DATABASE_RIGHTS: {
    text: 'The user of DATABASE_URL lacks a right on {place}: {problem}. It must be able to create roles and to install the extensions btree_gist and pg_trgm; have a database administrator do that once.',
    kind: 'forbidden',
    retry: 'no',
  },
  DATABASE_DISK_FULL: {
    text: 'The disk of the database at {place} is full: {problem}. Free some space and start again; nothing was lost.',
    kind: 'busy',
    retry: 'yes',
  },
  DATABASE_NOT_READY: {
    text: 'The database lacks {count} migrations of this version. Run `tradewright db migrate`, or start the product with `tradewright serve`.',
    kind: 'conflict',
  },
  NO_DATABASE_YET: {
    text: 'There is no database in {home} yet. Start the product with `tradewright serve`, name another folder with --home, or set DATABASE_URL.',
    kind: 'unknown',
  },
})

/** News for whoever waits: `done` and `total` are present when the step can be measured. */
export type BootProgress = { step: string; text: string; done?: number; total?: number }

export type BootOptions = {
  /** The state folder; see `homeOf` for the default. */
  home?: string | undefined
  /** A PostgreSQL of your own; then none is started. */
  databaseUrl?: string | undefined
  onProgress?: ((progress: BootProgress) => void) | undefined
  /** 'require' refuses a database that is not there or not migrated, instead of making it so. */
  database?: 'prepare' | 'require'
  /** Connections for commands and queries. */
  connections?: number
}

/** A database in use. `stop` closes the connections, and the embedded server when nobody else uses it. */
export type Booted = {
  readonly home: string
  /** Null when DATABASE_URL names the database. */
  readonly embedded: Embedded | null
  readonly url: string
  readonly ownerUrl: string
  readonly kernel: Kernel
  readonly migrated: readonly string[]
  stop(): Promise<void>
}

/** The folder for everything that outlives a process: the one given, TRADEWRIGHT_HOME, ~/.tradewright, or ./.tradewright. */
export function homeOf(given?: string): string {
  const named = given ?? process.env.TRADEWRIGHT_HOME
  if (named) return resolve(named)
  const own = ownFolder()
  return own && mayWrite(own) ? own : resolve('.tradewright')
}

function ownFolder(): string | undefined {
  try {
    return join(homedir(), '.tradewright')
  } catch {
    // An account without an entry in the password file and without HOME has no folder of its own.
    return undefined
  }
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Starts or joins the embedded database of `home`, or takes the one that `databaseUrl` names, migrates it and opens the
 * kernel. Refuses with an EmbeddedError or a Refusal, each with a sentence that says what to do.
 */
export async function boot(options: BootOptions = {}): Promise<Booted> {
  const home = homeOf(options.home)
  const databaseUrl = options.databaseUrl ?? process.env.DATABASE_URL
  const onProgress = options.onProgress ?? (() => undefined)
  const mustExist = options.database === 'require'
  const start = mustExist ? joinDatabase : startDatabase
  const embedded = databaseUrl ? null : await start(home, onProgress)
  const url = databaseUrl || embedded?.url || ''
  const ownerUrl = databaseUrl || embedded?.ownerUrl || ''
  try {
    const migrated = await prepare(ownerUrl, mustExist, onProgress)
    const kernel = openKernel(url, options.connections === undefined ? {} : { max: options.connections })
    const stop = async () => {
      await kernel.close()
      await embedded?.stop()
    }
    if (!mustExist) {
      await openMonths(kernel).catch(async (error: unknown) => {
        await kernel.close()
        throw explainDatabase(error, url)
      })
    }
    return { home, embedded, url, ownerUrl, kernel, migrated, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

const startDatabase = (home: string, onProgress: (news: BootProgress) => void): Promise<Embedded> =>
  startEmbedded({ home, onProgress })

/** The embedded database of a home that has one, started or joined. Refuses NO_DATABASE_YET. */
export async function joinDatabase(home: string, onProgress: (news: BootProgress) => void): Promise<Embedded> {
  if (!existsSync(join(home, 'postgres'))) refuse('NO_DATABASE_YET', { home })
  return await startDatabase(home, onProgress)
}

async function prepare(
  ownerUrl: string,
  mustExist: boolean,
  onProgress: (progress: BootProgress) => void,
): Promise<readonly string[]> {
  try {
    if (mustExist) {
      const missing = (await migrationStatus(ownerUrl)).filter((one) => one.applied_at === null)
      if (missing.length > 0) refuse('DATABASE_NOT_READY', { count: missing.length })
      return []
    }
    return await migrate(ownerUrl, (_id, done, total) =>
      onProgress({ step: 'migrate', text: 'Bringing the database up to date', done, total }),
    )
  } catch (error) {
    throw explainDatabase(error, ownerUrl)
  }
}

/** What is posted today, and by the end of next month, has a partition to go to. */
async function openMonths(kernel: Kernel): Promise<void> {
  await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql`select kernel.open_month((current_date + n * interval '1 month')::date) from generate_series(-1, 2) n`),
  )
}

/** Whether nothing has been entered yet: neither a person nor a company. */
export async function isFresh(kernel: Kernel): Promise<boolean> {
  const row = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(
      sql<{
        fresh: boolean
      }>`select not exists (select from access.account) and not exists (select from access.directory()) as fresh`,
    ),
  )
  return row?.fresh === true
}

/** A database address as people may see it: without user and password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname } = new URL(url)
  return `${host || 'localhost'}${pathname}`
}

const MISSING_HOST = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '53300',
  '57P03',
])
const NO_ENTRY = new Set(['28P01', '28000', '3D000'])
const FULL = new Set(['53100', 'ENOSPC'])

/** Turns a failed connection into a refusal that says what to do; other errors pass unchanged. */
export function explainDatabase(error: unknown, url: string): unknown {
  const code = errorCode(error) ?? ''
  const problem = textOf(error)
  const place = placeOf(url)
  try {
    if (MISSING_HOST.has(code) || (isUnreachable(error) && !(error instanceof pg.DatabaseError)))
      refuse('DATABASE_UNREACHED', { place, problem })
    if (NO_ENTRY.has(code) || /SASL|password must be a string/.test(problem))
      refuse('DATABASE_SIGN_IN', { place, problem })
    if (code === '42501') refuse('DATABASE_RIGHTS', { place, problem })
    if (FULL.has(code) || /No space left on device/.test(problem)) refuse('DATABASE_DISK_FULL', { place, problem })
    return error
  } catch (refusal) {
    return refusal
  }
}

/** The text of an error; a refused connection to several addresses has its texts inside. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(textOf))].join('; ')
  return error instanceof Error ? error.message : String(error)
}
