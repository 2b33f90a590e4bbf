// PostgreSQL refuses to run as root, so a root process picks an unprivileged account to run it as.
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { EmbeddedError } from './embedded-error.ts'

/** The operating system account that initdb and postgres run as. */
export type Account = { name: string; uid: number; gid: number }

const ownAccountName = 'tradewright-db'

/** True when this process is root on a POSIX system, and therefore must hand the server to another account. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * The account for a root process; null when the process is not root and the server simply runs as the same user.
 * Data that exists already decides by its owner, because PostgreSQL starts only for the owner of its data and a
 * rebuilt container may number its accounts differently.
 */
export function chooseAccount(dataDirectory: string): Account | null {
  if (!isRoot()) return null
  const owner = ownerOf(dataDirectory)
  if (owner !== null && owner.uid !== 0) return owner

  const account = lookUp(ownAccountName) ?? createOwnAccount() ?? lookUp('postgres') ?? lookUp('nobody')
  if (account === null || account.uid === 0) {
    throw new EmbeddedError(
      'START_FAILED',
      `PostgreSQL must not run as root and this machine has no account to run it as. Create one (useradd --system ${ownAccountName}), start as another user, or set DATABASE_URL.`,
    )
  }
  return account
}

/** The `uid` and `gid` options for child processes and an empty object when the server runs as this very user. */
export function identityOf(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid }
}

/**
 * Can the account enter this folder? Asked of the kernel, by a child that tries, because mode bits alone do not tell
 * (access lists, mount options, parents).
 */
export function canEnter(account: Account, folder: string): boolean {
  const attempt = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...identityOf(account),
    cwd: '/',
    stdio: 'ignore',
  })
  return attempt.status === 0
}

function ownerOf(path: string): Account | null {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return null
  return { name: `uid ${status.uid}`, uid: status.uid, gid: status.gid }
}

function createOwnAccount(): Account | null {
  // Fails on purpose without noise where there is no useradd or /etc is read-only: another account is taken then.
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', ownAccountName], {
    stdio: 'ignore',
  })
  return lookUp(ownAccountName)
}

function lookUp(name: string): Account | null {
  // initdb looks itself up by number, so an account must stand in the password file and not only be a free number.
  let lines: string[]
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  } catch {
    return null
  }
  const fields = lines.map((line) => line.split(':')).find((entry) => entry[0] === name)
  if (fields === undefined) return null
  return { name, uid: Number(fields[2]), gid: Number(fields[3]) }
}
