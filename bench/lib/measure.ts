// One measured load: warm up, count statements in a pass of their own, then run with the CPU read before and after.
import type pg from 'pg'
import { type CpuProbe, type CpuReading, cpuBetween, readCpu } from './cpu.ts'
import { type LoadOptions, type LoadResult, runLoad } from './load.ts'
import { countStatements, prepareStatementCount } from './statements.ts'
import type { Row } from './table.ts'

// The measured time is cut into windows, so that a neighbour's noise on the machine, or a cost that grows, can be seen.
const WINDOWS = 5

export type MeasureOptions = {
  load: Pick<LoadOptions, 'clients' | 'work'>
  probe: CpuProbe
  /** A superuser's connection that does none of the measured work. */
  admin: pg.Client
  /** How many cycles one piece of work is: 1 for a single order, 100 for a set of 100. */
  cyclesPerWork: number
  warmUpMs: number
  durationMs: number
  /** Pieces of work in the pass that counts statements. */
  countedWork: number
  /**
   * Ends every connection that did the work. PostgreSQL learns of the rows and transactions of an idle backend up to
   * ten seconds late, of an ended one at once, and so they can be counted over the whole run only after this.
   */
  endConnections: () => Promise<void>
}

export type Measured = {
  load: LoadResult
  cycles: number
  cpu: CpuReading
  /** The system's CPU milliseconds a cycle in each window, in order of time. */
  windowsMs: number[]
  walBytes: number
  /** Without begin and commit; null when the server cannot count (pg_stat_statements is not loaded). */
  statementsPerCycle: number | null
  transactionsPerCycle: number
  /** Rows inserted, updated and deleted, in all tables but the catalogue. */
  rowsPerCycle: number
  /** Failures before the measured pass: each spoils the run as much as one in it. */
  failedEarlier: number
}

/** Runs the three passes. The caller says at the end, by checks of its own, whether the work was done right. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const { load, admin, cyclesPerWork } = options
  const canCount = await prepareStatementCount(admin)
  const writtenBefore = await readWritten(admin)

  const warmUp = await runLoad({ ...load, durationMs: options.warmUpMs })
  // Plans made on empty tables scan them. A system that is in use has statistics; new ones make every session plan anew.
  await admin.query('vacuum analyze')
  const counted = canCount ? await countStatements(admin, () => runLoad({ ...load, count: options.countedWork })) : null

  await admin.query('checkpoint')
  const walBefore = await readWalBytes(admin)
  const measured = await runWindows(options)
  const walBytes = (await readWalBytes(admin)) - walBefore

  await options.endConnections()
  await waitUntilAlone(admin)
  const writtenAfter = await readWritten(admin)
  const allCycles = (warmUp.completed + (counted?.result.completed ?? 0) + measured.load.completed) * cyclesPerWork
  return {
    ...measured,
    cycles: measured.load.completed * cyclesPerWork,
    walBytes,
    statementsPerCycle: counted === null ? null : counted.calls / (options.countedWork * cyclesPerWork),
    transactionsPerCycle: (writtenAfter.transactions - writtenBefore.transactions) / allCycles,
    rowsPerCycle: (writtenAfter.rows - writtenBefore.rows) / allCycles,
    failedEarlier: warmUp.failed + (counted?.result.failed ?? 0),
  }
}

/**
 * One load without a pause, with the CPU read at the borders of equal windows. A cycle counts in the window in which it
 * ends.
 */
async function runWindows(options: MeasureOptions): Promise<Pick<Measured, 'load' | 'cpu' | 'windowsMs'>> {
  const windowMs = options.durationMs / WINDOWS
  const windowsMs: number[] = []
  const first = readCpu(options.probe)
  let begin = { cpu: first, completed: 0, atMs: performance.now() }
  let completed = 0

  const closeWindow = () => {
    const cpu = readCpu(options.probe)
    windowsMs.push(systemMs(cpuBetween(begin.cpu, cpu)) / ((completed - begin.completed) * options.cyclesPerWork))
    begin = { cpu, completed, atMs: begin.atMs + windowMs }
  }
  const load = await runLoad({
    clients: options.load.clients,
    durationMs: options.durationMs,
    work: async (client, iteration) => {
      await options.load.work(client, iteration)
      completed += 1
      if (windowsMs.length < WINDOWS - 1 && performance.now() >= begin.atMs + windowMs) {
        closeWindow()
      }
    },
  })
  closeWindow()
  return { load, cpu: cpuBetween(first, readCpu(options.probe)), windowsMs }
}

/** The database and the program that talks to it: the server where there is one, else this process. */
function systemMs(cpu: CpuReading): number {
  return cpu.databaseMs + (cpu.serverMs ?? cpu.clientMs)
}

/**
 * The figures of a measured load under the names that every bench shares, per cycle. `system_cpu_ms` is what ratios are
 * made of: the database and the program that talks to it. That is the server where there is one, and then the load
 * generator does not count; in the floor it is this process, which sends the SQL itself.
 */
export function cycleFigures(measured: Measured): Row {
  const { load, cpu, cycles } = measured
  return {
    cycles,
    cycles_per_s: (cycles * 1000) / load.elapsedMs,
    system_cpu_ms: systemMs(cpu) / cycles,
    window_min_ms: Math.min(...measured.windowsMs),
    window_max_ms: Math.max(...measured.windowsMs),
    database_cpu_ms: cpu.databaseMs / cycles,
    server_cpu_ms: cpu.serverMs === null ? null : cpu.serverMs / cycles,
    client_cpu_ms: cpu.clientMs / cycles,
    statements: measured.statementsPerCycle,
    transactions: measured.transactionsPerCycle,
    rows_written: measured.rowsPerCycle,
    wal_kb: measured.walBytes / cycles / 1024,
    p50_ms: load.latency.p50Ms,
    p95_ms: load.latency.p95Ms,
    p99_ms: load.latency.p99Ms,
    failed: load.failed + measured.failedEarlier,
  }
}

async function readWalBytes(admin: pg.Client): Promise<number> {
  const answer = await admin.query<{ bytes: string }>(`select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes`)
  return Number(answer.rows[0]?.bytes)
}

async function readWritten(admin: pg.Client): Promise<{ rows: number; transactions: number }> {
  // Also this connection's own rows, such as the set-up's, must be in before they are read.
  await admin.query('select pg_stat_force_next_flush()')
  const answer = await admin.query<{ rows: string; transactions: string }>(
    `select (select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_user_tables) as rows,
            xact_commit + xact_rollback as transactions
       from pg_stat_database where datname = current_database()`,
  )
  return { rows: Number(answer.rows[0]?.rows), transactions: Number(answer.rows[0]?.transactions) }
}

/** Waits until no other client is connected to this database: a backend takes a moment to end after its connection. */
async function waitUntilAlone(admin: pg.Client): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await admin.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    if (answer.rows[0]?.others === 0) {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Connections to the measured database remain after the run: who holds them?')
}
