// CPU milliseconds of PostgreSQL with all its backends, of this process and of another one, so that a cost can be told from a wait.
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

// The unit of /proc/PID/stat. The kernel reports in USER_HZ to user space, which is 100 on every platform Node runs on,
// whatever the kernel's own tick is.
const TICK_MS = 10

/** Milliseconds; `serverMs` is null when there is no server process. */
export type CpuReading = { databaseMs: number; clientMs: number; serverMs: number | null }

/** Where the CPU of a run is spent. `serverPid` is the product's server process; null when there is none. */
export type CpuProbe = { postmasterPid: number; serverPid: number | null }

type ProcessTimes = { pid: number; parentPid: number; ownMs: number; exitedChildrenMs: number }

/**
 * CPU used so far, in milliseconds since each process began: the database (postmaster and all its children), this
 * process (the load generator) and the server process, apart from each other.
 */
export function readCpu(probe: CpuProbe): CpuReading {
  return {
    databaseMs: postgresCpuMs(probe.postmasterPid),
    clientMs: ownCpuMs(),
    serverMs: probe.serverPid === null ? null : processCpuMs(probe.serverPid),
  }
}

/** What was used between two readings. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuReading {
  return {
    databaseMs: after.databaseMs - before.databaseMs,
    clientMs: after.clientMs - before.clientMs,
    serverMs: after.serverMs === null || before.serverMs === null ? null : after.serverMs - before.serverMs,
  }
}

/**
 * CPU milliseconds of a postmaster, of its living children (backends, writers, I/O workers) and of the children that it
 * has already reaped. A child that ends between the listing and the reading can be missed or counted late by one
 * reading, so keep the connections of a run open until the last reading.
 */
export function postgresCpuMs(postmasterPid: number): number {
  let total = 0
  for (const times of readAllTimes()) {
    if (times.pid === postmasterPid) {
      total += times.ownMs + times.exitedChildrenMs
    } else if (times.parentPid === postmasterPid) {
      total += times.ownMs
    }
  }
  if (total === 0) {
    throw new Error(`No process ${postmasterPid} with CPU time here: is the PostgreSQL to measure on this machine?`)
  }
  return total
}

/** User and system CPU milliseconds of this process, all threads. */
export function ownCpuMs(): number {
  const usage = process.cpuUsage()
  return (usage.user + usage.system) / 1000
}

/** User and system CPU milliseconds of another process, all its threads and the children that it has reaped. */
export function processCpuMs(pid: number): number {
  const times = readTimes(pid)
  if (times === null) {
    throw new Error(`Process ${pid} is gone: its CPU time can no longer be read.`)
  }
  return times.ownMs + times.exitedChildrenMs
}

/**
 * The postmaster behind a connection: the parent of its backend. Only for a PostgreSQL on this machine and in the same
 * process namespace; refuses otherwise.
 */
export async function findPostmasterPid(client: pg.Client): Promise<number> {
  const answer = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backendPid = answer.rows[0]?.pid ?? 0
  const backend = readTimes(backendPid)
  const name = backend === null ? '' : readFileSync(`/proc/${backendPid}/comm`, 'utf8').trim()
  if (backend === null || !name.startsWith('postgres')) {
    throw new Error(
      'The database does not run on this machine (its backend is not among the processes here), so its CPU cannot be' +
        ' measured. Run the bench beside it, or without --database.',
    )
  }
  return backend.parentPid
}

function* readAllTimes(): Generator<ProcessTimes> {
  requireLinux()
  for (const name of readdirSync('/proc')) {
    if (/^[0-9]+$/.test(name)) {
      const times = readTimes(Number(name))
      if (times !== null) {
        yield times
      }
    }
  }
}

function readTimes(pid: number): ProcessTimes | null {
  requireLinux()
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // The process ended between the listing and the reading.
    return null
  }
  // proc(5): the name stands in brackets and may hold spaces and brackets, so count from its end. From there the fields
  // are state, ppid, ... with utime, stime, cutime and cstime at 11 to 14.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = (position: number) => Number(fields[position] ?? 0)
  return {
    pid,
    parentPid: ticks(1),
    ownMs: (ticks(11) + ticks(12)) * TICK_MS,
    exitedChildrenMs: (ticks(13) + ticks(14)) * TICK_MS,
  }
}

function requireLinux(): void {
  if (process.platform !== 'linux') {
    throw new Error(`The bench reads CPU times from /proc and so runs on Linux only; this is ${process.platform}.`)
  }
}
