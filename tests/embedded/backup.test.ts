// A backup taken while people work holds everything that was acknowledged, and a damaged one is never restored.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cloneRunning, type Embedded, hotBackup, restoreBackup, verifyBackup } from '#embedded'
import { query, refusalOf, workshop } from './support.ts'

const takenAt = '2026-03-01T02:00:00Z'
const shop = workshop()

describe('under load', { timeout: 120_000 }, () => {
  afterEach(shop.clear)

  test('OPS-05: every row acknowledged before the end of a hot backup is in the restored database', async () => {
    const folder = await shop.folder()
    const server = await shop.start({ home: join(folder, 'home') })
    const load = await startWriters(server.ownerUrl, 4)
    let acknowledged: number[] = []
    const backup = await hotBackup({
      url: server.ownerUrl,
      dataDirectory: server.dataDirectory,
      target: join(folder, 'backup'),
      takenAt,
      onProgress: (progress) => {
        if (progress.step === 'finish') acknowledged = [...load.acknowledged]
      },
    })
    await load.stop()
    expect(acknowledged.length).toBeGreaterThan(50)
    expect(load.acknowledged.length).toBeGreaterThan(acknowledged.length)
    expect(backup.takenAt).toBe(takenAt)

    await restoreBackup({ from: backup.target, home: join(folder, 'restored') })
    const restored = await shop.start({ home: join(folder, 'restored') })
    const missing = await query(
      restored.ownerUrl,
      'select id from unnest($1::int[]) as id where id not in (select id from entry)',
      [acknowledged],
    )
    expect(missing).toEqual([])
    await expectSound(restored)
    // The original is not disturbed, and knows of no backup any more.
    expect(await query(server.ownerUrl, 'select count(*)::int as slots from pg_replication_slots')).toEqual([
      { slots: 0 },
    ])
  })

  test('OPS-05: checkpoints during the backup do not take away the log that it needs', async () => {
    const folder = await shop.folder()
    const server = await shop.start({ home: join(folder, 'home') })
    const load = await startWriters(server.ownerUrl, 2)
    let disturbed: Promise<unknown> | undefined
    await hotBackup({
      url: server.ownerUrl,
      dataDirectory: server.dataDirectory,
      target: join(folder, 'backup'),
      takenAt,
      onProgress: (progress) => {
        if (progress.step === 'copy') disturbed ??= disturb(server.ownerUrl)
      },
    })
    await disturbed
    await load.stop()
    await restoreBackup({ from: join(folder, 'backup'), home: join(folder, 'restored') })
    const restored = await shop.start({ home: join(folder, 'restored') })
    await expectSound(restored)
  })

  test('OPS-05: a copy of the running database starts beside it and goes its own way', async () => {
    const folder = await shop.folder()
    const server = await shop.start({ home: join(folder, 'home') })
    const load = await startWriters(server.ownerUrl, 2)
    const copy = shop.keep(await cloneRunning(server, join(folder, 'copy'), { sharedBuffersMegabytes: 32 }))
    await load.stop()
    expect(copy.port).not.toBe(server.port)
    await expectSound(copy)
    await query(copy.ownerUrl, 'drop table entry')
    await query(copy.url, 'select 1')
    await expectSound(server)

    await copy.stop()
    const again = await shop.start({ home: join(folder, 'copy') })
    expect(await query(again.ownerUrl, `select to_regclass('entry') as found`)).toEqual([{ found: null }])
  })
})

describe('a backup on the shelf', { timeout: 60_000 }, () => {
  let shelf = ''
  let server: Embedded

  beforeAll(async () => {
    shelf = await shop.folder()
    server = await shop.start({ home: join(shelf, 'home') })
    await query(server.ownerUrl, 'create table entry as select id, id % 10 as part from generate_series(1, 1000) as id')
    await hotBackup({
      url: server.ownerUrl,
      dataDirectory: server.dataDirectory,
      target: join(shelf, 'good'),
      takenAt,
    })
  }, 60_000)
  afterAll(shop.clear)

  const damagedCopy = (name: string) => {
    cpSync(join(shelf, 'good'), join(shelf, name), { recursive: true })
    return join(shelf, name)
  }

  test('OPS-05: a whole backup passes, and its manifest lists every file with size and digest', async () => {
    const manifest = await verifyBackup(join(shelf, 'good'))
    const paths = manifest.files.map((file) => file.path)
    expect(paths).toContain('backup_label')
    expect(paths).toContain('global/pg_control')
    expect(paths).not.toContain('postmaster.pid')
    expect(paths.filter((path) => path.startsWith('pg_wal/')).length).toBeGreaterThan(0)
    expect(manifest).toMatchObject({ takenAt, serverVersion: server.serverVersion })
    expect(statSync(join(shelf, 'good')).mode & 0o077).toBe(0)
  })

  test('OPS-05: one flipped bit is found and the file is named', async () => {
    const folder = damagedCopy('flipped')
    const manifest = await verifyBackup(folder)
    const victim = manifest.files.findLast((file) => file.path.startsWith('base/') && file.bytes >= 8192)?.path ?? ''
    const content = readFileSync(join(folder, 'data', victim))
    content.writeUInt8(content.readUInt8(5000) ^ 1, 5000)
    writeFileSync(join(folder, 'data', victim), content)

    const refusal = await refusalOf(() => verifyBackup(folder))
    expect([refusal.code, refusal.file]).toEqual(['BACKUP_DAMAGED', victim])
    expect(refusal.message).toContain(`${victim} was changed`)
    const home = join(shelf, 'never')
    expect((await refusalOf(() => restoreBackup({ from: folder, home }))).code).toBe('BACKUP_DAMAGED')
    expect(existsSync(home)).toBe(false)
  })

  test('a missing, a shortened and an added file are each named, the first one first', async () => {
    const folder = damagedCopy('gnawed')
    writeFileSync(join(folder, 'data', 'zz-stranger'), '')
    expect((await refusalOf(() => verifyBackup(folder))).file).toBe('zz-stranger')
    rmSync(join(folder, 'data', 'global', 'pg_control'))
    expect((await refusalOf(() => verifyBackup(folder))).message).toContain('global/pg_control is missing. 1 more')
    writeFileSync(join(folder, 'data', 'backup_label'), 'short')
    const refusal = await refusalOf(() => verifyBackup(folder))
    expect(refusal.file).toBe('backup_label')
    expect(refusal.message).toContain('has 5 bytes instead of')
  })

  test('a changed manifest, and a folder that is no backup, are refused', async () => {
    const folder = damagedCopy('forged')
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8')
    writeFileSync(join(folder, 'manifest.json'), text.replace(takenAt, '2027-03-01T02:00:00Z'))
    expect((await refusalOf(() => verifyBackup(folder))).file).toBe('manifest.json')
    const refusal = await refusalOf(() => verifyBackup(join(shelf, 'home')))
    expect([refusal.code, refusal.file]).toEqual(['BACKUP_DAMAGED', 'manifest.json'])
  })

  test('HOME_NOT_EMPTY: restore and copy refuse a used home and a backup refuses a used folder, untouched', async () => {
    const home = join(shelf, 'used')
    await mkdir(home)
    await writeFile(join(home, 'precious.txt'), 'mine')
    for (const work of [
      () => restoreBackup({ from: join(shelf, 'good'), home }),
      () => cloneRunning(server, home),
      () => hotBackup({ url: server.ownerUrl, dataDirectory: server.dataDirectory, target: home, takenAt }),
    ]) {
      const refusal = await refusalOf(work)
      expect(refusal.code).toBe('HOME_NOT_EMPTY')
      expect(refusal.message).toContain(home)
    }
    expect(readdirSync(home)).toEqual(['precious.txt'])
  })

  test('BACKUP_FAILED: the files of another server than the address are refused and no folder is left', async () => {
    const other = await shop.start({ home: join(shelf, 'other') })
    const target = join(shelf, 'mixed')
    const refusal = await refusalOf(() =>
      hotBackup({ url: server.ownerUrl, dataDirectory: other.dataDirectory, target, takenAt }),
    )
    expect(refusal.code).toBe('BACKUP_FAILED')
    expect(readdirSync(shelf).filter((name) => name.startsWith('mixed'))).toEqual([])
  })
})

/** Writers that each append pairs of rows which must stay together; `acknowledged` holds the ids that were committed. */
async function startWriters(url: string, writers: number) {
  await query(url, 'create table entry (id int primary key, pair int not null, note text not null)')
  await query(url, 'create index entry_pair on entry (pair)')
  const acknowledged: number[] = []
  let goingOn = true
  let nextId = 1
  const write = async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    while (goingOn) {
      const id = nextId
      nextId += 2
      await client.query(`insert into entry values ($1, $1, repeat('x', 500)), ($1 + 1, $1, repeat('y', 500))`, [id])
      acknowledged.push(id, id + 1)
    }
    await client.end()
  }
  const done = Array.from({ length: writers }, write)
  while (acknowledged.length < 400) await new Promise((resolve) => setTimeout(resolve, 10))
  return {
    acknowledged,
    stop: async () => {
      goingOn = false
      await Promise.all(done)
    },
  }
}

/** Makes the log move on by several segments and has PostgreSQL recycle what it no longer needs, again and again. */
async function disturb(url: string): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await query(url, `create table noise_${round} as select repeat('z', 900) as z from generate_series(1, 20000)`)
    await query(url, 'checkpoint')
    await query(url, `drop table noise_${round}`)
  }
}

/** No transaction came through in half, the index agrees with the table, and every page has its right checksum. */
async function expectSound(server: Embedded): Promise<void> {
  const halves = await query(server.ownerUrl, 'select pair from entry group by pair having count(*) <> 2')
  expect(halves).toEqual([])
  await query(server.ownerUrl, 'create extension if not exists amcheck')
  await query(
    server.ownerUrl,
    `select bt_index_check(indexrelid, true) from pg_index join pg_class on pg_class.oid = indexrelid
      where indrelid = 'entry'::regclass`,
  )
  const damage = await query(server.ownerUrl, `select * from verify_heapam('entry')`)
  expect(damage).toEqual([])
}
