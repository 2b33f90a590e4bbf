// Gives a test file a database of its own, cloned from the migrated template, and a kernel on it.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Kernel, openKernel } from '#kernel/kernel'
import { whenFileEnds } from './clean-up.ts'
import { databaseUrl, TEMPLATE } from './global.ts'

/** `admin` is the owner's connection, for planting corruption and for looking behind the walls. */
export type TestDatabase = { url: string; kernel: Kernel; admin: pg.Client; drop(): Promise<void> }

/** Clones a template, the migrated one unless named. The database is dropped when the test file ends. */
export async function testDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const server = process.env.TRADEWRIGHT_TEST_SERVER
  if (!server) throw new Error('tests run through vitest, whose global set-up starts the database')
  const database = `tw_test_${randomBytes(6).toString('hex')}`
  const root = new pg.Client({ connectionString: server })
  await root.connect()
  await root.query(`create database ${database} template ${template}`)
  const url = databaseUrl(server, database)
  const kernel = openKernel(url, { max: 8 })
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const drop = async () => {
    await kernel.close()
    await admin.end()
    await root.query(`drop database if exists ${database} with (force)`)
    await root.end()
  }
  whenFileEnds(drop)
  return { url, kernel, admin, drop }
}
