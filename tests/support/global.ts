// Starts one PostgreSQL for the whole run (or uses TRADEWRIGHT_TEST_URL), and migrates one template to clone from.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#kernel/migrate'

/** The template that every worker's database is cloned from. */
export const TEMPLATE = process.env.TRADEWRIGHT_TEST_TEMPLATE ?? 'tradewright_test_template'

export default async function setup(): Promise<() => Promise<void>> {
  let stop = async (): Promise<void> => undefined
  let url = process.env.TRADEWRIGHT_TEST_URL
  if (!url) {
    const { startEmbedded } = await import('#embedded')
    const home = mkdtempSync(join(tmpdir(), 'tradewright-test-'))
    const server = await startEmbedded({ home })
    url = server.ownerUrl
    stop = async () => {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    }
  }
  process.env.TRADEWRIGHT_TEST_SERVER = url
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  // What a test wrote need not outlive the machine's power; every database that is made or dropped would wait for the disk.
  if (!process.env.TRADEWRIGHT_TEST_URL) {
    for (const one of ['fsync', 'full_page_writes', 'synchronous_commit'])
      await admin.query(`alter system set ${one} = off`)
    await admin.query('select pg_reload_conf()')
  }
  const stale = await admin.query<{ datname: string }>(
    `select datname from pg_database where datname = $1 or datname like $1 || '\\_demo\\_%'`,
    [TEMPLATE],
  )
  for (const { datname } of stale.rows) await admin.query(`drop database if exists ${datname} with (force)`)
  await admin.query(`create database ${TEMPLATE}`)
  await migrate(databaseUrl(url, TEMPLATE))
  await admin.end()
  return stop
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}
