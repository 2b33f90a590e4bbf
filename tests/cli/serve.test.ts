// The product from nothing: served, looked at, backed up, restored, proved, and stopped, each by its command.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine } from '../../src/cli/index.ts'
import { runs } from '../embedded/support.ts'
import { clear, folder, type Serving, serving, tradewright } from './support.ts'

let home = ''
let served: Serving

beforeAll(async () => {
  home = join(await folder(), 'home')
  served = await serving(['--home', home, '--no-demo'])
})
afterAll(clear)

const at = (...args: string[]) => tradewright([...args, '--home', home, '--json'])

test('OPS-01: one command serves on a free port, says where the data is, and prints a set-up link that works once', async () => {
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${served.url}/readyz`)).status).toBe(200)
  expect(served.answer).toMatchObject({ ok: true, mode: 'embedded', home })
  expect(new URL(served.url).hostname).toBe('127.0.0.1')
  const token = String(served.answer.setUpLink).split('#set-up=')[1]
  const setUp = () =>
    fetch(`${served.url}/api/session/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, email: 'ada@example.com', name: 'Ada', password: 'seven quiet lakes at dawn' }),
    })
  expect((await setUp()).status).toBe(200)
  expect((await setUp()).status).not.toBe(200)
})

test('db status, beside the running server, names the migrations and nothing secret', async () => {
  const ran = await at('db', 'status')
  expect(ran.code).toBe(0)
  expect(ran.json()).toMatchObject({ ok: true, mode: 'embedded', place: home, pending: [], accounts: 1, companies: 0 })
  const secrets = readFileSync(join(home, 'postgres', 'passwords.json'), 'utf8').match(/[A-Za-z0-9_-]{20,}/g) ?? []
  expect(secrets.length).toBeGreaterThan(0)
  for (const secret of secrets) expect(ran.out + ran.err + served.said()).not.toContain(secret)
})

test('verify and audit verify answer with 0 beside the running server, and the history is sealed within seconds', async () => {
  for (let n = 0; n < 30; n++) {
    const { sealed, audited } = (await at('db', 'status')).json()
    if (sealed === audited && Number(sealed) > 0) break
  }
  const verified = await at('verify')
  expect(verified.json()).toMatchObject({ ok: true })
  expect(verified.code).toBe(0)
  const audited = await at('audit', 'verify')
  expect(audited.json()).toMatchObject({ ok: true, waiting: 0, findings: [] })
  expect(Number(audited.json().sealed)).toBeGreaterThan(0)
  expect(audited.code).toBe(0)
})

test('user add and key add give what the person and the machine need, and refuse roles and companies that are not there', async () => {
  const added = await at('user', 'add', '--email', 'Ben@Example.com', '--name', 'Ben', '--role', 'administrator')
  expect(added.json()).toMatchObject({ ok: true, email: 'Ben@Example.com' })
  const token = String(added.json().passwordPath).split('#set-password=')[1]
  const set = await fetch(`${served.url}/api/session/password-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: 'nine slow herons by the weir' }),
  })
  expect(set.status).toBe(200)
  const key = (await at('key', 'add', '--role', 'administrator', '--name', 'backup script')).json()
  const who = await fetch(`${served.url}/api/session`, { headers: { authorization: `Bearer ${String(key.key)}` } })
  expect(await who.json()).toMatchObject({ account: { name: 'backup script', kind: 'machine' } })
  for (const [args, code, exit] of [
    [['user', 'add', '--email', 'ben@example.com', '--name', 'Ben', '--role', 'administrator'], 'EMAIL_TAKEN', 1],
    [['user', 'add', '--email', 'ann@example.com', '--name', 'Ann', '--role', 'wizard'], 'NO_SUCH_ROLE', 1],
    [
      ['user', 'add', '--email', 'ann@example.com', '--name', 'Ann', '--role', 'administrator', '--company', 'NOWHERE'],
      'NO_SUCH_COMPANY',
      1,
    ],
    [['user', 'add', '--email', 'ann', '--name', 'Ann', '--role', 'administrator'], 'OPTION_INVALID', 2],
    [['key', 'add', '--role', 'administrator', '--name', 'x', '--days', '9999'], 'OPTION_INVALID', 2],
    [['key', 'add', '--role', 'administrator', '--name', 'x', '--days', 'many'], 'OPTION_INVALID', 2],
    [['report', 'horoscope', '--company', 'X'], 'REPORT_UNKNOWN', 1],
    [['import', 'horoscope', 'x.csv', '--company', 'X'], 'DOCUMENT_UNKNOWN', 1],
    [['serve', '--port', 'http'], 'OPTION_INVALID', 2],
    [['serve', '--port', '0', '--public-url', 'erp'], 'OPTION_INVALID', 2],
  ] as const) {
    const ran = await at(...args)
    expect([args.join(' '), ran.json(), ran.code]).toMatchObject([args.join(' '), { ok: false, error: { code } }, exit])
  }
  expect((await at('db', 'status')).json()).toMatchObject({ accounts: 3 })
})

test('OPS-13: a backup of the running product is restored into a new home, proved, and serves the same accounts', async () => {
  const target = join(await folder(), 'monday')
  const restored = join(await folder(), 'restored')
  const backup = await at('db', 'backup', target)
  expect(backup.json()).toMatchObject({ ok: true, keys: 1 })
  const refused = await at('db', 'backup', target)
  expect([refused.code, refused.json()]).toMatchObject([1, { error: { code: 'HOME_NOT_EMPTY' } }])
  const restore = await tradewright(['db', 'restore', target, '--home', restored, '--verify', '--json'])
  expect(restore.json()).toMatchObject({ ok: true, home: restored })
  expect(restore.code).toBe(0)
  const audited = await tradewright(['audit', 'verify', '--home', restored, '--json'])
  expect(audited.json()).toMatchObject({ ok: true })
  expect((await tradewright(['db', 'status', '--home', restored, '--json'])).json()).toMatchObject({
    ok: true,
    accounts: 3,
  })
  // The restored home signs with a key of its own, and still trusts the one that signed before.
  const again = await serving(['--home', restored, '--no-demo'])
  expect((await fetch(`${again.url}/healthz`)).status).toBe(200)
  expect(again.answer.setUpLink).toBeUndefined()
  expect(await again.stop()).toBe(0)
  const elsewhere = await tradewright(['db', 'restore', target, '--home', restored, '--json'])
  expect([elsewhere.code, elsewhere.json()]).toMatchObject([1, { error: { code: 'HOME_NOT_EMPTY' } }])
})

test('audit checkpoint prints a signed head that audit verify takes as an anchor', async () => {
  const anchor = join(await folder(), 'anchor.txt')
  writeFileSync(anchor, String((await at('audit', 'checkpoint')).json().note))
  expect((await at('audit', 'verify', '--anchor', anchor)).json()).toMatchObject({ ok: true })
  writeFileSync(anchor, readFileSync(anchor, 'utf8').replace(/\n\d+\n/, '\n99999\n'))
  const forged = await at('audit', 'verify', '--anchor', anchor)
  expect([forged.code, forged.json()]).toMatchObject([1, { ok: false, findings: [{ check: 'anchor' }] }])
  writeFileSync(anchor, 'nothing')
  expect((await at('audit', 'verify', '--anchor', anchor)).json()).toMatchObject({
    error: { code: 'ANCHOR_UNREADABLE' },
  })
})

test('F2: the embedded database is started again when it was killed, and the product answers again', async () => {
  const postmaster = Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  const ready = async () => (await fetch(`${served.url}/readyz`)).status
  for (let n = 0; n < 200 && !(served.said().includes('runs again') && (await ready()) === 200); n++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  expect(served.said()).toContain('The database runs again.')
  expect(await ready()).toBe(200)
  expect(runs(postmaster)).toBe(false)
  expect((await at('audit', 'verify')).json()).toMatchObject({ ok: true })
})

test('a port that is taken is said with what to do, before anybody waits for a database', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const other = join(await folder(), 'home')
  const ran = await tradewright(['serve', '--no-demo', '--port', String(port), '--home', other, '--json'])
  taken.close()
  expect([ran.code, ran.json()]).toMatchObject([3, { ok: false, error: { code: 'PORT_TAKEN' } }])
  expect(ran.err).toContain(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or choose another port with --port or PORT.`,
  )
  expect(existsSync(other)).toBe(false)
})

test('a home without a database, and one that cannot be one, are said with what to do', async () => {
  const nothing = await tradewright(['verify', '--home', await folder(), '--json'])
  expect([nothing.code, nothing.json()]).toMatchObject([3, { error: { code: 'NO_DATABASE_YET' } }])
  const file = join(await folder(), 'file')
  writeFileSync(file, '')
  const ran = await tradewright(['serve', '--port', '0', '--home', join(file, 'home'), '--json'])
  expect([ran.code, ran.json()]).toMatchObject([3, { error: { code: 'HOME_NOT_WRITABLE' } }])
  expect(ran.err).toContain('TRADEWRIGHT_HOME')
})

test('help stands on every level with examples, and what is asked wrongly ends with 2', async () => {
  const everyone = (command: Command): Command[] => [command, ...command.commands.flatMap(everyone)]
  const levels = everyone(commandLine())
  expect(levels.length).toBeGreaterThan(20)
  for (const level of levels) {
    let help = ''
    level.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
    expect([level.name(), help]).toEqual([level.name(), expect.stringContaining('Examples:')])
  }
  const ran = await tradewright(['db', 'status', '--help'])
  expect([ran.code, ran.err]).toEqual([0, ''])
  for (const wrong of [['nonsense'], ['db', 'restore']])
    expect([wrong, (await tradewright(wrong)).code]).toEqual([wrong, 2])
})

test('SIGTERM stops server, worker and database in this order and ends with 0', async () => {
  const postmaster = Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  expect(runs(postmaster)).toBe(true)
  expect(await served.stop()).toBe(0)
  expect(runs(postmaster)).toBe(false)
  expect(served.said()).toContain('Stopping (SIGTERM).')
  await expect(fetch(`${served.url}/healthz`)).rejects.toThrow()
})
