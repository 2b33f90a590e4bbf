// The embedded server starts, keeps what it was told, and survives crashes.
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { keepLogBounded } from '../../src/embedded/server-log.ts'
import { query, runs, until, workshop } from './support.ts'

const shop = workshop()
afterEach(shop.clear)

describe('starting and stopping', { timeout: 60_000 }, () => {
  test('OPS-13: a bare machine gets a database, and the second start finds everything again', async () => {
    const home = join(await shop.folder(), 'home')
    const first = await shop.start({ home })
    await query(first.ownerUrl, 'create table kept (note text)')
    await query(first.ownerUrl, `insert into kept values ('here')`)
    await first.stop()
    expect(runs(first.postmasterPid)).toBe(false)

    const second = await shop.start({ home })
    expect(await query(second.ownerUrl, 'select note from kept')).toEqual([{ note: 'here' }])
    expect(second.port).toBe(first.port)
    expect(second.serverVersion).toMatch(/^\d+\.\d+/)
  })

  test('what is acknowledged is on disk: nothing that protects data is switched off', async () => {
    const server = await shop.start({ home: await shop.folder() })
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses']
    const rows = await query<{ name: string; setting: string }>(
      server.ownerUrl,
      'select name, setting from pg_settings where name = any($1)',
      [names],
    )
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
    })
    const [facts] = await query(
      server.ownerUrl,
      `select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
              (select count(*)::int from pg_stat_statements(false)) > 0 as statements
         from pg_database where datname = 'tradewright'`,
    )
    expect(facts).toEqual({ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8', statements: true })
  })

  test('the database is out of reach without the password and from other machines', async () => {
    const server = await shop.start({ home: await shop.folder() })
    const passwords = join(server.home, 'postgres', 'passwords.json')
    expect(statSync(passwords).mode & 0o777).toBe(0o600)
    await expect(query(server.ownerUrl.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    })
    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    for (const address of outside.filter((each) => each.family === 'IPv4' && !each.internal)) {
      await expect(query(server.ownerUrl.replace('127.0.0.1', address.address), 'select 1')).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      })
    }
  })

  test('the login of the app owns nothing and cannot step over row-level security', async () => {
    const server = await shop.start({ home: await shop.folder() })
    await expect(query(server.url, 'create table mine (id int)')).rejects.toMatchObject({ code: '42501' })
    const rows = await query(
      server.url,
      'select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    )
    expect(rows).toEqual([{ rolname: 'tw_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
  })

  test('the Unix socket works where the path is short, and is done without where it is long', async () => {
    const folder = await shop.folder()
    const short = await shop.start({ home: join(folder, 'home') })
    const client = new Client({
      host: short.socketDir ?? 'missing',
      port: short.port,
      user: 'tradewright',
      password: new URL(short.ownerUrl).password,
      database: 'tradewright',
    })
    await client.connect()
    expect((await client.query('select inet_server_addr() as address')).rows).toEqual([{ address: null }])
    await client.end()

    const long = await shop.start({ home: join(folder, 'a-rather-long-name-for-a-folder'.repeat(3)) })
    expect(long.socketDir).toBeNull()
    expect(await query(long.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('two homes run side by side and know nothing of each other', async () => {
    const folder = await shop.folder()
    const [left, right] = await Promise.all([
      shop.start({ home: join(folder, 'left') }),
      shop.start({ home: join(folder, 'right') }),
    ])
    await query(left.ownerUrl, 'create table only_left (id int)')
    expect(right.port).not.toBe(left.port)
    expect(await query(right.ownerUrl, `select to_regclass('only_left') as found`)).toEqual([{ found: null }])
  })

  test('two users of one home share one server, and the last one to leave stops it', async () => {
    const home = await shop.folder()
    const [one, two] = await Promise.all([shop.start({ home }), shop.start({ home })])
    expect(two.postmasterPid).toBe(one.postmasterPid)
    await one.stop()
    await one.stop()
    expect(await query(two.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await two.stop()
    expect(runs(two.postmasterPid)).toBe(false)
  })
})

describe('when the home is removed', { timeout: 60_000 }, () => {
  test('a server whose home was deleted under it still ends with its user', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    rmSync(home, { recursive: true })
    await server.stop()
    await until(() => !runs(server.postmasterPid))
  })
})

describe('after a crash', { timeout: 60_000 }, () => {
  test('OPS-13: rows acknowledged before the server was killed are there after the next start', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    const client = new Client({ connectionString: server.ownerUrl })
    const cut = new Promise<void>((resolve) => client.on('error', () => resolve()))
    await client.connect()
    await client.query('create table counted (id int primary key)')
    for (let id = 1; id <= 200; id++) await client.query('insert into counted values ($1)', [id])
    await client.query('begin')
    await client.query('insert into counted values (1000)')
    server.killHard()
    await cut

    const again = await shop.start({ home })
    expect(again.postmasterPid).not.toBe(server.postmasterPid)
    expect(await query(again.ownerUrl, 'select count(*)::int, max(id) from counted')).toEqual([
      { count: 200, max: 200 },
    ])
    await server.stop()
    expect(runs(again.postmasterPid)).toBe(true)
  })

  test('a pid file whose number now belongs to another program does not keep the server from starting', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    const pidFile = join(server.dataDirectory, 'postmaster.pid')
    const content = readFileSync(pidFile, 'utf8')
    server.killHard()
    await until(() => !runs(server.postmasterPid))
    writeFileSync(pidFile, content.replace(String(server.postmasterPid), String(process.pid)))
    const again = await shop.start({ home })
    expect(await query(again.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a first start that was cut off half way is simply done again', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    await server.stop()
    // What a kill during initdb leaves: passwords, an unfinished folder, and no data directory.
    rmSync(server.dataDirectory, { recursive: true })
    writeFileSync(`${server.dataDirectory}.new`, 'rubbish')
    const again = await shop.start({ home })
    expect(await query(again.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(`${server.dataDirectory}.new`)).toBe(false)
  })

  test('a lost password file is replaced and the data stays', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    await query(server.ownerUrl, 'create table kept as select 5 as five')
    await server.stop()
    rmSync(join(home, 'postgres', 'passwords.json'))
    const again = await shop.start({ home })
    expect(again.ownerUrl).not.toBe(server.ownerUrl)
    expect(await query(again.ownerUrl, 'select five from kept')).toEqual([{ five: 5 }])
    await query(again.url, 'select 1')
  })
})

describe('the log of the server', { timeout: 60_000 }, () => {
  const tooMuch = 'x'.repeat(9 * 1024 * 1024)

  test('a log that has grown too long is put aside by the next start, and one older log is kept', async () => {
    const home = await shop.folder()
    const server = await shop.start({ home })
    await server.stop()
    writeFileSync(server.logFile, tooMuch)
    await shop.start({ home })
    expect(statSync(`${server.logFile}.1`).size).toBe(tooMuch.length)
    expect(readFileSync(server.logFile, 'utf8')).toContain('ready to accept connections')
    expect(statSync(server.logFile).mode & 0o077).toBe(0)
  })

  test('a log that grows too long while the server runs is cut, and the server writes on', async () => {
    const server = await shop.start({ home: await shop.folder() })
    appendFileSync(server.logFile, tooMuch)
    const endWatch = keepLogBounded(server.logFile, 10)
    await until(() => statSync(server.logFile).size === 0)
    endWatch()
    await expect(query(server.ownerUrl, 'select no_such_column')).rejects.toMatchObject({ code: '42703' })
    await until(() => readFileSync(server.logFile, 'utf8').includes('no_such_column'))
    expect(statSync(server.logFile).size).toBeLessThan(10_000)
  })
})
