// A running embedded server in the hands of one user: how to reach it, and how to leave it.
import { existsSync, rmSync } from 'node:fs'
import type { Binaries } from './binaries.ts'
import type { Leaver } from './leave.ts'
import { takeLock } from './lock.ts'
import type { Places } from './places.ts'
import { findPostmaster, type Postmaster, quitPostmaster, stopPostmaster, stopPostmasterNow } from './postmaster.ts'
import { keepLogBounded } from './server-log.ts'
import { livingUsers } from './users.ts'

const exitPatienceMilliseconds = 20_000

/** The server of a home. */
export type Embedded = {
  home: string
  /** Login `tw_app`: owns nothing, bypasses no row-level security, may do what migrations grant it. */
  url: string
  /** Superuser `tradewright`: for migrations, backup and repair. */
  ownerUrl: string
  port: number
  /** Folder of the Unix socket; null where sockets are not possible. */
  socketDir: string | null
  dataDirectory: string
  logFile: string
  postmasterPid: number
  serverVersion: string
  /** Leaves the server; the last user of it stops it. Safe to call twice. */
  stop(): Promise<void>
  /** Kills the server at once, as a power cut would (SIGKILL). The next start recovers. */
  killHard(): void
}

/** Makes the handle of one user and registers it to be left when the process ends. */
export function handOut(server: {
  places: Places
  binaries: Binaries
  running: Postmaster
  serverVersion: string
  url: string
  ownerUrl: string
  userFile: string
  leaveAtEnd: (leaver: Leaver) => () => void
}): Embedded {
  const { places, binaries, running, userFile } = server
  const endLogWatch = keepLogBounded(places.logFile)
  let leaving: Promise<void> | null = null

  const isLast = () => {
    rmSync(userFile, { force: true })
    // Not the same server any more when it was killed and somebody has started a new one since.
    return findPostmaster(places.dataDirectory)?.pid === running.pid && livingUsers(places.usersFolder).length === 0
  }
  const leave = async () => {
    endLogWatch()
    if (!existsSync(places.folder)) {
      // The home was removed under the server: there is nothing left to save, and nothing to lock.
      quitPostmaster(running.pid)
      return forget()
    }
    const release = await takeLock(places.lockFile)
    try {
      if (isLast()) await stopPostmaster(binaries.control, places.dataDirectory, running.pid)
    } finally {
      release()
      forget()
    }
  }
  const leaveNow = () => {
    if (!existsSync(places.folder)) quitPostmaster(running.pid)
    else if (isLast()) stopPostmasterNow(binaries.control, places.dataDirectory, running.pid, exitPatienceMilliseconds)
  }
  const stop = () => {
    leaving ??= leave()
    return leaving
  }
  const forget = server.leaveAtEnd({ leave: stop, leaveNow })

  return {
    home: places.home,
    url: server.url,
    ownerUrl: server.ownerUrl,
    port: running.port,
    socketDir: places.socketDirectory,
    dataDirectory: places.dataDirectory,
    logFile: places.logFile,
    postmasterPid: running.pid,
    serverVersion: server.serverVersion,
    stop,
    killHard: () => {
      if (findPostmaster(places.dataDirectory)?.pid === running.pid) process.kill(running.pid, 'SIGKILL')
    },
  }
}
