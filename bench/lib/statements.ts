// How many SQL statements clients send for a piece of work, counted by PostgreSQL itself and not by the code under test.
import type pg from 'pg'

export type StatementText = { query: string; calls: number; rows: number; executionMs: number }

const IS_TRANSACTION_CONTROL = `query ~* '^\\s*(begin|start transaction|commit|end|rollback|abort|savepoint|release)\\M'`
const IS_OF_THIS_DATABASE = 'dbid = (select oid from pg_database where datname = current_database())'
const IS_OUR_OWN = `query ~* 'pg_stat_statements'`

/**
 * Prepares counting in the database of `admin`, a superuser's connection; it must not be one that does counted work.
 * Statements are counted at level `top`: what a client sends counts, what a function or trigger runs inside does not.
 * set_config counts, and a pipelined statement counts like any other. Returns false, and counts nothing, when the
 * server was not started with pg_stat_statements.
 */
export async function prepareStatementCount(admin: pg.Client): Promise<boolean> {
  const loaded = await admin.query<{ libraries: string }>(
    `select current_setting('shared_preload_libraries') as libraries`,
  )
  if (!loaded.rows[0]?.libraries.includes('pg_stat_statements')) {
    return false
  }
  await admin.query('create extension if not exists pg_stat_statements')
  await setTracking(admin, 'none')
  return true
}

/**
 * Counts the statements sent to this database while `work` runs, begin, commit and their like left out: the extension
 * counts those only once a connection when they are sent as named statements (it clears the query id in the cached
 * statement). Who wants them adds two for each transaction. Counting itself costs CPU, so it is off but for this time:
 * count in a short pass of its own and never in the one whose CPU is measured.
 */
export async function countStatements<Result>(
  admin: pg.Client,
  work: () => Promise<Result>,
): Promise<{ calls: number; result: Result }> {
  await setTracking(admin, 'top')
  try {
    await admin.query('select pg_stat_statements_reset()')
    const result = await work()
    const answer = await admin.query<{ calls: string }>(
      `select coalesce(sum(calls), 0) as calls from pg_stat_statements
        where ${IS_OF_THIS_DATABASE} and not (${IS_TRANSACTION_CONTROL}) and not (${IS_OUR_OWN})`,
    )
    return { calls: Number(answer.rows[0]?.calls), result }
  } finally {
    await setTracking(admin, 'none')
  }
}

/** The statements of the last count, most frequent first: what to read when the count is a surprise. */
export async function listStatements(admin: pg.Client, limit: number): Promise<StatementText[]> {
  const answer = await admin.query<{ query: string; calls: string; rows: string; ms: number }>(
    `select query, calls, rows, total_exec_time as ms
       from pg_stat_statements
      where ${IS_OF_THIS_DATABASE} and not (${IS_OUR_OWN})
      order by calls desc, query limit $1`,
    [limit],
  )
  return answer.rows.map((row) => ({
    query: row.query.replaceAll(/\s+/g, ' '),
    calls: Number(row.calls),
    rows: Number(row.rows),
    executionMs: row.ms,
  }))
}

/** Turns the counting on or off for every session, the open ones too, and waits until it holds. */
async function setTracking(admin: pg.Client, level: 'none' | 'top'): Promise<void> {
  await admin.query(`alter system set pg_stat_statements.track = '${level}'`)
  await admin.query('select pg_reload_conf()')
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await admin.query<{ level: string }>(`select current_setting('pg_stat_statements.track') as level`)
    if (answer.rows[0]?.level === level) {
      // The other sessions were signalled together with this one; give those that were asleep a moment to read it.
      await new Promise((resolve) => setTimeout(resolve, 100))
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`pg_stat_statements.track did not become ${level}: is it set on the server's command line?`)
}
