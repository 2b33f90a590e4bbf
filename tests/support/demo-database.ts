// The demo enterprise in a database of its own: loaded once in a run for each moment at which it is told, and copied from then on.
import pg from 'pg'
import { openKernel } from '#kernel/kernel'
import { loadDemo } from '../../src/demo/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { databaseUrl, TEMPLATE } from './global.ts'

const LOADING = 4711

/** The name of a database that holds the demo as of `now`, and the password of its people. One that is not there is loaded; meanwhile others wait. */
async function loaded(now: Date): Promise<{ name: string; password: string }> {
  const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
  const name = `${TEMPLATE}_demo_${now.toISOString().slice(0, 13).replaceAll(/\D/g, '')}`
  const root = new pg.Client({ connectionString: server })
  await root.connect()
  try {
    await root.query('select pg_advisory_lock($1)', [LOADING])
    const known = await root.query<{ said: string | null }>(
      `select shobj_description(oid, 'pg_database') as said from pg_database where datname = $1`,
      [name],
    )
    const password = known.rows[0]?.said
    if (password) return { name, password }
    await root.query(`drop database if exists ${name} with (force)`)
    await root.query(`create database ${name} template ${TEMPLATE}`)
    const kernel = openKernel(databaseUrl(server, name), { max: 4 })
    const [first] = await loadDemo(kernel, { now }).finally(() => kernel.close())
    if (!first) throw new Error('nobody can sign in to the demo')
    await root.query(`comment on database ${name} is '${first.password}'`)
    return { name, password: first.password }
  } finally {
    await root.end()
  }
}

/** A copy of the demo as of `now` for this test file, gone when the file ends, and the password of its people. */
export async function demoDatabase(now: Date): Promise<TestDatabase & { password: string }> {
  const { name, password } = await loaded(now)
  return { ...(await testDatabase(name)), password }
}
