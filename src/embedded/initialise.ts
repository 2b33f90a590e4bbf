// Makes a data directory that is either whole or not there, and checks that an existing one fits the programs.
import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { identityOf } from './account.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedError, textOf } from './embedded-error.ts'
import { makeFolderFor, type Places } from './places.ts'
import { environment } from './postmaster.ts'
import type { Secrets } from './secrets.ts'
import { explainOutput } from './server-log.ts'

/** The superuser of an embedded server, and the name of its database. */
export const ownerName = 'tradewright'
export const databaseName = 'tradewright'

const run = promisify(execFile)

/** True when the home has a database. */
export function isInitialised(places: Places): boolean {
  return existsSync(join(places.dataDirectory, 'PG_VERSION'))
}

/** Creates the database cluster. Refuses with DISK_FULL or START_FAILED; a half made cluster is never left in place. */
export async function initialise(places: Places, binaries: Binaries, secrets: Secrets): Promise<void> {
  const unfinished = `${places.dataDirectory}.new`
  const passwordFile = join(places.area, 'first-password')
  rmSync(unfinished, { recursive: true, force: true })
  makeFolderFor(places.account, unfinished)
  writeFileSync(passwordFile, `${secrets.owner}\n`, { mode: 0o600 })
  if (places.account !== null) chownSync(passwordFile, places.account.uid, places.account.gid)
  const words = [
    ...['--pgdata', unfinished, '--username', ownerName, '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--data-checksums', '--encoding', 'UTF8', '--no-instructions'],
    // The builtin provider sorts the same on every machine; a libc or ICU upgrade cannot corrupt an index.
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
  ]
  try {
    await run(binaries.initdb, words, { ...identityOf(places.account), cwd: '/', env: environment() })
    renameSync(unfinished, places.dataDirectory)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw explainOutput(textOf(error), { doing: 'Creating the database', place: places.area })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** Refuses with DATA_TOO_NEW or DATA_OTHER_MAJOR when the data was written by another major version. */
export function refuseOtherMajor(places: Places, binaries: Binaries): void {
  const major = Number(readFileSync(join(places.dataDirectory, 'PG_VERSION'), 'utf8').trim())
  if (major === binaries.major) return
  const facts = `The data in ${places.dataDirectory} was written by PostgreSQL ${major}; this is ${binaries.major}.`
  if (major > binaries.major) {
    throw new EmbeddedError(
      'DATA_TOO_NEW',
      `${facts} Install the newer release of Tradewright that wrote it, or restore a backup made with ${binaries.major}.`,
    )
  }
  throw new EmbeddedError(
    'DATA_OTHER_MAJOR',
    `${facts} Start the release of Tradewright that wrote it, move the data with pg_upgrade or a dump, or set DATABASE_URL to a PostgreSQL ${major}.`,
  )
}

/**
 * Sets the superuser's password without knowing the old one, as is needed after a restore or when the password file
 * is lost. The server must not be running. Uses PostgreSQL's single-user mode, which also replays the log.
 */
export async function resetOwnerPassword(places: Places, binaries: Binaries, secrets: Secrets): Promise<void> {
  const words = ['--single', '-D', places.dataDirectory, '-c', 'exit_on_error=on', 'postgres']
  const child = spawn(binaries.postgres, words, {
    ...identityOf(places.account),
    cwd: '/',
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    output += String(chunk)
  })
  // A server that refuses to start closes its end; the exit code below tells the story.
  child.stdin.on('error', () => {})
  child.stdin.end(`alter role ${ownerName} password '${secrets.owner}'\n`)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) {
    const safe = output.replaceAll(secrets.owner, '(password)')
    throw explainOutput(safe, { doing: 'Setting a new database password', place: places.dataDirectory })
  }
}
