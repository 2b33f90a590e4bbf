// One process at a time may start or stop the server of a home.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, EmbeddedError, explainFileError } from './embedded-error.ts'
import { isAlive } from './postmaster.ts'

const pollMilliseconds = 20
const patienceMilliseconds = 15 * 60_000
let takenHere = 0

/**
 * Waits for the lock file and returns the function that gives it back. A lock whose process is gone is broken.
 * Recovery after a crash can take minutes, so the wait is long.
 */
export async function takeLock(lockFile: string): Promise<() => void> {
  const deadline = performance.now() + patienceMilliseconds
  const mine = `${process.pid} ${takenHere++}`
  while (!tryLock(lockFile, mine)) {
    if (performance.now() > deadline) {
      throw new EmbeddedError(
        'ALREADY_RUNNING',
        `Another process (${readOwner(lockFile)}) has been starting or stopping this database for 15 minutes. End it, remove ${lockFile}, and start again.`,
      )
    }
    breakDeadLock(lockFile)
    await sleep(pollMilliseconds)
  }
  return () => rmSync(lockFile, { force: true })
}

function tryLock(lockFile: string, mine: string): boolean {
  // Written beside and linked into place, so that a lock is never seen before it says whose it is.
  const draft = `${lockFile}.${mine.replace(' ', '.')}`
  try {
    writeFileSync(draft, mine, { mode: 0o600 })
    linkSync(draft, lockFile)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw explainFileError(error, lockFile)
  } finally {
    rmSync(draft, { force: true })
  }
}

function readOwner(lockFile: string): string {
  try {
    return readFileSync(lockFile, 'utf8')
  } catch {
    return ''
  }
}

function breakDeadLock(lockFile: string): void {
  const owner = readOwner(lockFile)
  if (owner === '' || isAlive(Number(owner.split(' ')[0]))) return
  const aside = `${lockFile}.dead.${process.pid}`
  try {
    renameSync(lockFile, aside)
    // Between the look and the move somebody else may have broken it and locked anew: then we hold a living lock
    // in our hands and put it back.
    if (readOwner(aside) !== owner) linkSync(aside, lockFile)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}
