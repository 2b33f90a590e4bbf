// The worker: carries events, does jobs and seals the audit log, in this process or in one of its own. Any number may run.
import { randomUUID } from 'node:crypto'
import { sql, transaction } from '#kernel/db'
import { jobsOf, type ModuleJob, orphans, plan, runJob } from '#kernel/jobs'
import type { Kernel } from '#kernel/kernel'
import { checkModules, type ModuleSpec } from '#kernel/module'
import { readersOf, relay } from '#kernel/relay'
import { sealer } from '#kernel/sealer'
import { signReleases } from './rollout/template/signature.ts'

export type WorkerOptions = {
  readonly kernel: Kernel
  /** Where the key that signs the audit log is kept. */
  readonly home: string
  readonly modules: readonly ModuleSpec[]
  readonly clock: () => Date
  /** Told what a person should know; the worker goes on. */
  readonly onProblem?: (problem: string) => void
  readonly pollMilliseconds?: number
  readonly leaseMilliseconds?: number
}

/** A worker at work. `stop` lets what has begun end, seals what is ready, and returns when nothing runs any more. */
export type Worker = { stop(): Promise<void> }

const POLL = 200
const SEAL_EVERY = 1_000
const PLAN_EVERY = 60_000
const REPEAT_PROBLEM = 60_000

// Months are opened ahead, so that nobody's posting waits for a partition on the first of a month.
const OWN_JOBS: Readonly<Record<string, ModuleJob>> = {
  'kernel.open-months': {
    at: '03:00',
    run: async ({ tx }) => {
      await tx.rows(
        sql`select kernel.open_month((current_date + n * interval '1 month')::date) from generate_series(0, 3) n`,
      )
    },
  },
}

/**
 * Starts working: the events and the jobs of every module, and the kernel's own. Returns when the first round is under
 * way; faults are told, waited out and tried again. Throws when the modules do not hold together.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { kernel, clock, home, modules } = options
  const holder = randomUUID()
  const poll = options.pollMilliseconds ?? POLL
  const stopping = new AbortController()
  const tell = quietly(options.onProblem ?? (() => undefined))
  const lease = options.leaseMilliseconds === undefined ? {} : { leaseMilliseconds: options.leaseMilliseconds }
  checkModules(modules)
  const { tasks, schedules } = jobsOf([{ jobs: OWN_JOBS }, ...modules])
  const seal = sealer(kernel.pool, home)

  const readers = readersOf(modules).map((reader) =>
    repeat(stopping.signal, poll, tell, `Events for ${reader.name}`, async () => {
      const onParked = (event: { topic: string; document_id: string }, reason: string) =>
        tell(
          `${reader.name} could not digest ${event.topic} of ${event.document_id} and parked it: ${reason}. See: tradewright dead-letter list`,
        )
      return (await relay({ kernel, reader, clock, holder, onParked, ...lease })).state === 'busy'
    }),
  )
  const jobs = repeat(
    stopping.signal,
    poll,
    tell,
    'Jobs',
    async () =>
      await runJob({
        kernel,
        tasks,
        clock,
        holder,
        ...lease,
        onFailed: ({ task, problem, final }) =>
          tell(`The job ${task} failed${final ? ' for the last time' : ''}: ${problem}`),
      }),
  )
  const planning = repeat(stopping.signal, PLAN_EVERY, tell, 'Planning of jobs', async () => {
    await plan(kernel, schedules, clock())
    for (const task of await orphans(kernel, Object.keys(tasks), clock())) {
      tell(`The job ${task} is due and no module does it. Run the version that knows it.`)
    }
    return false
  })
  const sealing = repeat(stopping.signal, SEAL_EVERY, tell, 'Sealing of the audit log', async () => {
    await seal.seal(clock())
    for (const problem of (await signReleases(kernel.pool, home)).problems) tell(problem)
    return false
  })
  const all = [...readers, jobs, planning, sealing]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(all)
      // What was written in the last second is sealed too, and turns are given back, so that nobody waits for them.
      await seal.seal(clock()).catch(() => undefined)
      await giveBack(kernel, holder).catch(() => undefined)
    },
  }
}

/** Works until told to stop: at once again after a busy round, after a pause otherwise, more slowly after faults. */
async function repeat(
  signal: AbortSignal,
  pause: number,
  tell: (problem: string) => void,
  what: string,
  round: () => Promise<boolean>,
): Promise<void> {
  for (let faults = 0; !signal.aborted; ) {
    try {
      const busy = await round()
      faults = 0
      if (!busy) await rest(signal, pause)
    } catch (error) {
      faults++
      tell(`${what}: ${error instanceof Error ? error.message : String(error)}`)
      await rest(signal, Math.min(pause * 2 ** faults, 10_000))
    }
  }
}

function rest(signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}

/** The same problem is told once a minute, however often it comes. */
function quietly(tell: (problem: string) => void): (problem: string) => void {
  const told = new Map<string, number>()
  return (problem) => {
    const at = performance.now()
    if (at - (told.get(problem) ?? Number.NEGATIVE_INFINITY) < REPEAT_PROBLEM) return
    if (told.size > 1_000) told.clear()
    told.set(problem, at)
    tell(problem)
  }
}

async function giveBack(kernel: Kernel, holder: string): Promise<void> {
  await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.run(sql`update kernel.outbox_reader set lease_until = '-infinity' where holder = ${holder}::uuid`),
  )
}
