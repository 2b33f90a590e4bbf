// The server process itself: find one that runs on a data directory, launch one, wait for it, stop it.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Account, identityOf } from './account.ts'
import { codeOf, EmbeddedError } from './embedded-error.ts'
import { openLog } from './server-log.ts'

/** A server process, as its pid file describes it. */
export type Postmaster = { pid: number; port: number; ready: boolean }

const run = promisify(execFile)
const pollMilliseconds = 5
const fastStopMilliseconds = 120_000

/** Is there a process with this id? A process of another user counts. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** The server that runs on the data directory, or null. A stale pid file, left by a crash, is not a server. */
export function findPostmaster(dataDirectory: string): Postmaster | null {
  const described = readPidFile(dataDirectory)
  if (described === null || !isAlive(described.pid) || !worksIn(described.pid, dataDirectory)) return null
  return described
}

/**
 * Removes a pid file whose process id now belongs to some other program, for which PostgreSQL itself would refuse to
 * start. Only done where we can prove that no process at all works in the data directory (Linux): a surviving
 * backend of a killed server must keep a new one away.
 */
export function clearStalePidFile(dataDirectory: string): void {
  if (process.platform !== 'linux' || readPidFile(dataDirectory) === null) return
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  if (pids.some((pid) => worksIn(Number(pid), dataDirectory))) return
  rmSync(join(dataDirectory, 'postmaster.pid'), { force: true })
}

/**
 * Empties the folder of the Unix socket, which belongs to one home alone. Its lock file names a process as well, and a
 * killed server stays visible as a zombie in containers whose first process collects no children.
 */
export function clearSockets(socketDirectory: string | null): void {
  if (socketDirectory === null) return
  for (const name of readdirSync(socketDirectory)) rmSync(join(socketDirectory, name), { force: true })
}

/** A server that was just launched: `exited` becomes true when it ends, `isIt` knows its process id. */
export type Launched = { exited: () => boolean; isIt: (pid: number) => boolean }

/** Launches the server detached from this process and returns at once. Its output goes to the log file. */
export function launch(options: {
  program: string
  control: string
  parameters: string[]
  dataDirectory: string
  logFile: string
  account: Account | null
}): Launched {
  const { dataDirectory, account } = options
  const before = readPidFile(dataDirectory)?.pid
  const log = openLog(options.logFile)
  // On Windows only pg_ctl can drop administrator rights, which the server refuses to run with.
  const onWindows = process.platform === 'win32'
  const words = options.parameters.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')
  const child = spawn(
    onWindows ? options.control : options.program,
    onWindows ? ['start', '-W', '-D', dataDirectory, '-o', words] : ['-D', dataDirectory, ...options.parameters],
    {
      ...identityOf(account),
      cwd: onWindows ? dataDirectory : '/',
      env: environment(),
      stdio: ['ignore', log, log],
      detached: true,
      windowsHide: true,
    },
  )
  closeSync(log)
  let ended = false
  child.once('error', () => {
    ended = true
  })
  child.once('exit', (code) => {
    ended = !onWindows || code !== 0
  })
  child.unref()
  // The pid file of a crashed server stays until the new one overwrites it, and must not pass for the new one's.
  return { exited: () => ended, isIt: (pid) => (onWindows ? pid !== before : pid === child.pid) }
}

/** Waits until the launched server takes connections. Returns null when it ended instead. */
export async function waitUntilReady(
  dataDirectory: string,
  launched: Launched,
  onWaiting: (waitedMilliseconds: number) => void,
): Promise<Postmaster | null> {
  const started = performance.now()
  while (!launched.exited()) {
    const described = readPidFile(dataDirectory)
    if (described?.ready && launched.isIt(described.pid)) return described
    onWaiting(performance.now() - started)
    await sleep(pollMilliseconds)
  }
  return null
}

/** Stops a server: open transactions are rolled back, everything committed is written down, connections are cut. */
export async function stopPostmaster(control: string, dataDirectory: string, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await run(control, ['stop', '-m', 'fast', '-D', dataDirectory])
    return
  }
  signal(pid, 'SIGINT')
  const started = performance.now()
  let urged = false
  while (isAlive(pid) && worksIn(pid, dataDirectory)) {
    const waited = performance.now() - started
    if (waited > fastStopMilliseconds && !urged) {
      // Without its final checkpoint; the next start replays the log instead.
      signal(pid, 'SIGQUIT')
      urged = true
    }
    if (waited > 2 * fastStopMilliseconds) {
      throw new EmbeddedError('START_FAILED', `The PostgreSQL process ${pid} does not end. End it by hand, then start.`)
    }
    await sleep(pollMilliseconds)
  }
}

/** The same for the moment this process exits, when nothing asynchronous runs any more. Waits `patience` at most. */
export function stopPostmasterNow(control: string, dataDirectory: string, pid: number, patience: number): void {
  if (process.platform === 'win32') {
    execFileSync(control, ['stop', '-m', 'fast', '-D', dataDirectory], { stdio: 'ignore' })
    return
  }
  signal(pid, 'SIGINT')
  const deadline = performance.now() + patience
  const clock = new Int32Array(new SharedArrayBuffer(4))
  // The pid file goes last. The process itself would stay visible as a zombie: nobody is left to collect it.
  while (existsSync(join(dataDirectory, 'postmaster.pid')) && performance.now() < deadline) {
    Atomics.wait(clock, 0, 0, pollMilliseconds)
  }
}

/** Tells a server to drop everything, without a checkpoint. */
export function quitPostmaster(pid: number): void {
  signal(pid, 'SIGQUIT')
}

/** The environment for the programs. PG* variables of the user would redirect them, and our secrets are not theirs. */
export function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SYSTEMROOT', 'windir', 'ComSpec']
  const entries = kept.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined)
  // LC_ALL=C keeps the messages in English, which is how their cause is recognised.
  return { ...Object.fromEntries(entries), LC_ALL: 'C' }
}

function readPidFile(dataDirectory: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? '0'), ready: lines[7]?.trim() === 'ready' }
}

function worksIn(pid: number, dataDirectory: string): boolean {
  try {
    // Every PostgreSQL process has its data directory as working folder.
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDirectory)
    if (process.platform === 'win32') return true
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes('postgres')
  } catch {
    return false
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}
