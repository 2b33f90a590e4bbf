// Connections and transactions. Work inside a transaction gets a Tx and no other road to the database.
import pg from 'pg'
import { compile, type Sql, sql } from './sql.ts'

export { join, name, relation, type Sql, sql } from './sql.ts'

/** What a command body or a query may do: run statements in the one transaction it was given. */
export type Tx = {
  /** All rows. Numerics, big integers and dates arrive as text, exact. */
  rows<Row>(statement: Sql<Row>): Promise<Row[]>
  /** The first row, or undefined. */
  first<Row>(statement: Sql<Row>): Promise<Row | undefined>
  /** Runs a statement and says how many rows it touched. */
  run(statement: Sql): Promise<number>
}

/** Who writes, through which channel, by what: tables that keep a record of their own put it beside what changed. */
export type By = { actor: string; channel: string; verb: string }

/** Which companies the transaction sees; an empty list sees nothing. `by` says who is at work. */
export type Scope = { companies: readonly number[]; by?: By }

/** A commit whose fate is not known: the caller asks again with the same key. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}

// Dates stay text: a business date has no time zone, and a JavaScript Date would give it one.
pg.types.setTypeParser(1082, (text) => text)

// Far longer than the database lets any statement run: whoever says nothing for so long is not there any more.
const SILENCE = 180_000
const SILENCE_OF_SNAPSHOTS = 1_800_000

/** How a pool is opened. `silenceMilliseconds`: after how long without an answer a connection is given up. */
export type PoolOptions = { max?: number; role?: string | null; name?: string; silenceMilliseconds?: number }

/** Opens a pool as the application's role, which owns nothing. `options` name another role for migrations. */
export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const role = options.role === undefined ? 'tw_app' : options.role
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.name ?? 'tradewright',
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    // A machine that dies, or a network that is cut, closes nothing: without these, whoever waits would wait for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: options.silenceMilliseconds ?? SILENCE,
    options: [
      role ? `-c role=${role}` : '',
      // No command may run away: one that takes longer than this holds locks that others wait for.
      '-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c statement_timeout=60s',
      '-c plan_cache_mode=force_generic_plan -c jit=off',
      // Commands touch few rows of large tables, and their plans are made once, when nobody knows how many: probing an
      // index is never far from the best, a scan is far from it every time (docs/decisions/0003). Reads lift this again.
      '-c random_page_cost=1.1 -c enable_seqscan=off',
    ].join(' '),
  } as pg.PoolConfig)
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // One that breaks while it is in use also rejects its statement, which is where the loss is dealt with.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * A Tx over a connection that has already begun. Statements are pipelined, so after one that fails those behind it fail
 * too, as "transaction is aborted"; `failed` keeps the first, which is the one that says why.
 */
export function txOn(client: pg.PoolClient | pg.Client, failed: { first?: unknown } = {}, patience: { query_timeout?: number } = {}): Tx {
  const send = async (statement: Sql) => {
    try {
      return await client.query({ ...compile(statement), ...patience })
    } catch (error) {
      failed.first ??= error
      throw error
    }
  }
  return {
    rows: async <Row>(statement: Sql<Row>) => (await send(statement)).rows as Row[],
    first: async <Row>(statement: Sql<Row>) => (await send(statement)).rows[0] as Row | undefined,
    run: async (statement) => (await send(statement)).rowCount ?? 0,
  }
}

const RETRIED = new Set(['40001', '40P01', '55P03'])
const LOST = new Set(['08000', '08003', '08006', '57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ENOENT'])

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined

// The driver's words, without a code, for a statement on a connection that broke while nothing was being asked on it.
const isNeverSent = (error: unknown): boolean => error instanceof Error && /is not queryable$/.test(error.message)
// And for one that nobody has answered for longer than any may take; the driver has ended the connection then.
const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout'

const isLost = (error: unknown): boolean =>
  LOST.has(codeOf(error) ?? '') ||
  isNeverSent(error) ||
  isSilence(error) ||
  (error instanceof Error && /Connection terminated|connection timeout/i.test(error.message))

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// Sleeps are spread so that losers of one race do not meet again; randomness here decides nothing else.
const backoff = (attempt: number) => pause(5 * 2 ** attempt * (1 + Math.random()))

/** How a transaction is run. `finish` 'rollback' shows what would have happened; `repeatable` reads one snapshot. */
export type TransactionOptions = { finish?: 'commit' | 'rollback'; snapshot?: boolean; retries?: number; label?: string }

async function attempt<T>(client: pg.PoolClient, scope: Scope, work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
  const failed: { first?: unknown } = {}
  const tx = txOn(client, failed, options.snapshot ? { query_timeout: SILENCE_OF_SNAPSHOTS } : {})
  let doubtful = false
  const onNotice = (notice: { code?: string | undefined }) => {
    if (notice.code === '01000') doubtful = true
  }
  // Begin and scope travel with the first statement of the work: three statements, one round trip.
  const begun = client.query(options.snapshot ? 'begin isolation level repeatable read read only' : 'begin')
  const companies = scope.companies.join(',')
  const by = scope.by ? JSON.stringify(scope.by) : ''
  const scoped = tx.run(
    options.snapshot
      ? sql`select set_config('tw.companies', ${companies}, true), set_config('enable_seqscan', 'on', true), set_config('statement_timeout', '600s', true)`
      : sql`select set_config('tw.companies', ${companies}, true), set_config('tw.by', ${by}, true)`,
  )
  begun.catch(() => undefined)
  scoped.catch(() => undefined)
  let result: T
  try {
    result = await work(tx)
    await scoped
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw codeOf(error) === '25P02' ? (failed.first ?? error) : error
  }
  if (options.finish === 'rollback') {
    await client.query('rollback')
    return result
  }
  client.on('notice', onNotice)
  try {
    const done = await client.query('commit')
    if (done.command !== 'COMMIT') throw new Error(`the transaction ended with ${done.command}`)
  } catch (error) {
    throw isLost(error) && !isNeverSent(error) ? new OutcomeUnknown('the connection was lost while committing', { cause: error }) : error
  } finally {
    client.off('notice', onNotice)
  }
  // A synchronous commit that was cancelled while waiting for its standby reports success with this warning only.
  if (doubtful) throw new OutcomeUnknown('the commit was not confirmed by the standby')
  return result
}

/**
 * Runs `work` in one transaction within `scope`. Serialisation failures, deadlocks and lock time-outs are tried again
 * (three times, spread); a connection lost before the commit was sent is tried again once; one lost while committing
 * throws OutcomeUnknown.
 */
export async function transaction<T>(pool: pg.Pool, scope: Scope, work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  const retries = options.retries ?? 3
  for (let tried = 0; ; tried++) {
    let client: pg.PoolClient | undefined
    let broken: Error | undefined
    try {
      client = await pool.connect()
      return await attempt(client, scope, work, options)
    } catch (error) {
      if (isLost(error) || error instanceof OutcomeUnknown) broken = error instanceof Error ? error : new Error(String(error))
      // After a long silence the caller has waited long enough: he is told, and decides himself.
      const again = RETRIED.has(codeOf(error) ?? '') || (isLost(error) && !isSilence(error))
      if (!again || tried >= retries) throw error
      await backoff(tried)
    } finally {
      client?.release(broken)
    }
  }
}

/** True when the error means that the database could not be reached. */
export const isUnreachable = isLost

/** The SQLSTATE or system code of an error, if it has one. */
export const errorCode = codeOf
