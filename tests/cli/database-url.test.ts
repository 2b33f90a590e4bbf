// With DATABASE_URL nothing is started and no demo is loaded; what is wrong with the address is said with what to do.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl } from '../support/global.ts'
import { clear, folder, serving, tradewright } from './support.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
const name = `tw_cli_${process.pid}`
const url = databaseUrl(server, name)
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.query(`create role ${name} login password 'x'`)
})
afterAll(async () => {
  await clear()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`drop role if exists ${name}`)
  await admin.end()
})

test('OPS-02: with DATABASE_URL the product migrates it, starts no database, loads no demo, and prints a set-up link', async () => {
  const home = join(await folder(), 'home')
  const served = await serving(['--home', home], { DATABASE_URL: url })
  expect(served.answer).toMatchObject({ ok: true, mode: 'DATABASE_URL' })
  expect(String(served.answer.setUpLink)).toMatch(/#set-up=[A-Za-z0-9_-]{43}$/)
  expect(served.answer.signIns).toBeUndefined()
  expect(existsSync(join(home, 'postgres'))).toBe(false)
  expect((await fetch(`${served.url}/readyz`)).status).toBe(200)
  const verified = await tradewright(['verify', '--home', home, '--json'], { DATABASE_URL: url })
  expect([verified.code, verified.json().ok]).toEqual([0, true])
  const backup = await tradewright(['db', 'backup', join(home, 'b'), '--json'], { DATABASE_URL: url })
  expect([backup.code, backup.json()]).toMatchObject([1, { error: { code: 'BACKUP_NEEDS_EMBEDDED' } }])
  expect(await served.stop()).toBe(0)
})

test('a database that is not migrated is not touched by a command that only asks', async () => {
  await admin.query(`create database ${name}_empty`)
  try {
    const ran = await tradewright(['verify', '--home', await folder(), '--json'], {
      DATABASE_URL: databaseUrl(server, `${name}_empty`),
    })
    expect([ran.code, ran.json()]).toMatchObject([3, { error: { code: 'DATABASE_NOT_READY' } }])
  } finally {
    await admin.query(`drop database ${name}_empty with (force)`)
  }
})

test('an address that cannot be used is said with what to do, without its password', async () => {
  const { port } = new URL(server)
  for (const [address, code, says] of [
    [
      'postgres://erp:geheim123@127.0.0.1:1/erp',
      'DATABASE_UNREACHED',
      /127\.0\.0\.1:1\/erp cannot be reached.*correct DATABASE_URL/,
    ],
    [
      'postgres://erp:geheim123@no-such-host.invalid/erp',
      'DATABASE_UNREACHED',
      /no-such-host\.invalid\/erp cannot be reached/,
    ],
    [
      `postgres://nobody:geheim123@127.0.0.1:${port}/${name}`,
      'DATABASE_SIGN_IN',
      /does not let us in.*Correct the user/,
    ],
    [
      databaseUrl(server, 'no_such_database'),
      'DATABASE_SIGN_IN',
      /Correct the user, the password or the database name/,
    ],
    [
      `postgres://${name}:x@127.0.0.1:${port}/${name}`,
      'DATABASE_RIGHTS',
      /lacks a right.*have a database administrator do that once/,
    ],
  ] as const) {
    const ran = await tradewright(['serve', '--port', '0', '--home', await folder(), '--json'], {
      DATABASE_URL: address,
    })
    expect([address, ran.code, ran.json()]).toMatchObject([address, 3, { ok: false, error: { code } }])
    expect(ran.err).toMatch(says)
    expect(ran.out + ran.err).not.toContain('geheim123')
  }
})
