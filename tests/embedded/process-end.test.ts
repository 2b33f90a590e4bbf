// However the app's process ends, the server is stopped with it or found and replaced by the next start.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { query, runs, startHolder, until, workshop } from './support.ts'

const shop = workshop()
afterEach(shop.clear)

for (const [ending, signal, code] of [
  ['wait', 'SIGTERM', null],
  ['wait', 'SIGINT', null],
  ['busy', 'SIGTERM', 7],
  ['exit', null, 3],
] as const) {
  test(`${signal ?? 'process.exit'} of an app that would ${ending} stops the server before it is gone`, async () => {
    const holder = await startHolder(await shop.folder(), { ending })
    shop.child(holder.child)
    const ended = once(holder.child, 'exit')
    if (signal !== null) holder.child.kill(signal)
    const [exitCode, exitSignal] = await ended
    // It goes last of all, when everything is written; the process itself needs another moment to be gone.
    expect(existsSync(join(holder.dataDirectory, 'postmaster.pid'))).toBe(false)
    expect([exitCode, exitSignal]).toEqual([code, code === null ? signal : null])
    await until(() => !runs(holder.postmasterPid))
  }, 30_000)
}

test('OPS-13: after SIGKILL of the app the next start replaces the orphaned server and keeps its data', async () => {
  const home = await shop.folder()
  const holder = await startHolder(home)
  shop.child(holder.child)
  await query(holder.ownerUrl, 'create table kept as select 7 as seven')
  const ended = once(holder.child, 'exit')
  holder.child.kill('SIGKILL')
  await ended
  expect(runs(holder.postmasterPid)).toBe(true)

  const server = await shop.start({ home })
  expect(runs(holder.postmasterPid)).toBe(false)
  expect(server.port).toBe(holder.port)
  expect(await query(server.ownerUrl, 'select seven from kept')).toEqual([{ seven: 7 }])
}, 30_000)

test('SIGKILL of app and server together is recovered from', async () => {
  const home = await shop.folder()
  const holder = await startHolder(home)
  shop.child(holder.child)
  await query(holder.ownerUrl, 'create table kept as select 8 as eight')
  process.kill(holder.postmasterPid, 'SIGKILL')
  holder.child.kill('SIGKILL')
  await until(() => !runs(holder.postmasterPid))
  const server = await shop.start({ home })
  expect(await query(server.ownerUrl, 'select eight from kept')).toEqual([{ eight: 8 }])
}, 30_000)

test('a command line beside the app joins its server and does not take it away', async () => {
  const home = await shop.folder()
  const holder = await startHolder(home)
  shop.child(holder.child)
  const guest = await shop.start({ home })
  expect(guest.postmasterPid).toBe(holder.postmasterPid)
  await guest.stop()
  expect(await query(holder.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  const ended = once(holder.child, 'exit')
  holder.child.kill('SIGTERM')
  await ended
  expect(runs(holder.postmasterPid)).toBe(false)
}, 30_000)
