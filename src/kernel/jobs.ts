// Work for later: put down in the transaction that wants it, done once, by whichever worker holds its lease.
import { businessDate, readCompanies } from '#kernel/access/companies'
import { type Context, SYSTEM } from '#kernel/context'
import { dayOfWeek, instantOf } from '#kernel/dates'
import { sql, type Tx, transaction } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'

/** What a task gets: a transaction in the job's company, and the job. What it writes commits with the job, or not at all. */
export type TaskCall = {
  tx: Tx
  kernel: Kernel
  context: Context
  payload: Record<string, unknown>
  jobId: string
  attempt: number
}
export type Task = (call: TaskCall) => Promise<void>

/** A task of every day, at a local time of each company. `weekdays`: 1 is Monday; every day when left out. */
export type Schedule = {
  readonly task: string
  readonly at: `${number}:${number}`
  readonly weekdays?: readonly number[]
}

/** A job as its module declares it: what is run, and when by itself; without `at` only when somebody enqueues it. */
export type ModuleJob = { readonly run: Task; readonly at?: Schedule['at']; readonly weekdays?: readonly number[] }

/** What the worker does for these modules: the handler of each job, and the plan of those that come by themselves. */
export function jobsOf(modules: readonly { readonly jobs: Readonly<Record<string, ModuleJob>> }[]): {
  tasks: Readonly<Record<string, Task>>
  schedules: readonly Schedule[]
} {
  const all = modules.flatMap((one) => Object.entries(one.jobs))
  return {
    tasks: Object.fromEntries(all.map(([task, { run }]) => [task, run])),
    schedules: all.flatMap(([task, { at, weekdays }]) =>
      at === undefined ? [] : [{ task, at, ...(weekdays ? { weekdays } : {}) }],
    ),
  }
}

/** Jobs that are due and that no task of `known` does: put down by a version that is gone, or named wrongly. */
export async function orphans(kernel: Kernel, known: readonly string[], now: Date): Promise<readonly string[]> {
  const found = await transaction(kernel.pool, { companies: [] }, async (tx) => {
    await tx.rows(EVERY_COMPANY)
    return await tx.rows(sql<{ task: string }>`select distinct task from kernel.job
      where state = 'waiting' and run_at <= ${now} and task <> all(${known}::text[]) order by task`)
  })
  return found.map((one) => one.task)
}

export type Job = { companyId: number; task: string; payload?: Record<string, unknown>; runAt: Date; key?: string }

/** Puts a job down. With a key, a second one for the same task and company changes nothing; says whether it was new. */
export async function enqueue(tx: Tx, job: Job): Promise<boolean> {
  const inserted = await tx.run(sql`insert into kernel.job (company_id, id, task, key, payload, run_at)
    values (${job.companyId}, ${newId()}, ${job.task}, ${job.key ?? null}, ${JSON.stringify(job.payload ?? {})}::jsonb, ${job.runAt}) on conflict do nothing`)
  return inserted === 1
}

/**
 * Puts down today's job of each schedule for each active company, once, at its local time. Called every minute or so;
 * a worker that was away catches up on the same day, and days that have passed are not made up for.
 */
export async function plan(kernel: Kernel, schedules: readonly Schedule[], now: Date): Promise<number> {
  let planned = 0
  for (const company of await readCompanies(kernel)) {
    const today = businessDate(company.timeZone, now)
    const due = schedules.filter((one) => one.weekdays?.includes(dayOfWeek(today)) ?? true)
    planned += await transaction(kernel.pool, { companies: [company.id] }, async (tx) => {
      const added = due.map((one) =>
        enqueue(tx, {
          companyId: company.id,
          task: one.task,
          key: `${one.at} ${today}`,
          runAt: new Date(instantOf({ date: today, time: one.at }, company.timeZone)),
        }),
      )
      return (await Promise.all(added)).filter(Boolean).length
    })
  }
  return planned
}

export type JobOptions = {
  readonly kernel: Kernel
  readonly tasks: Readonly<Record<string, Task>>
  readonly clock: () => Date
  readonly holder: string
  /** How long a silent worker keeps a job. */
  readonly leaseMilliseconds?: number
  /** Tries before a job has failed. */
  readonly attempts?: number
  readonly onFailed?: (job: { task: string; jobId: string; problem: string; final: boolean }) => void
}

type Leased = {
  company_id: number
  id: string
  task: string
  payload: Record<string, unknown>
  token: string
  attempts: number
  time_zone: string | null
}

const LEASE = 60_000
const ATTEMPTS = 8

/** Somebody else has the job now: what this worker did for it is rolled back. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** Does one due job. False when there is none. Never throws for what the task did: that is kept with the job. */
export async function runJob(options: JobOptions): Promise<boolean> {
  const job = await lease(options)
  if (!job) return false
  const beat = setInterval(() => void renew(options, job), (options.leaseMilliseconds ?? LEASE) / 3)
  try {
    await perform(options, job)
  } catch (error) {
    if (!(error instanceof LeaseLost)) await fail(options, job, error instanceof Error ? error.message : String(error))
  } finally {
    clearInterval(beat)
  }
  return true
}

const leaseEnd = (options: JobOptions) =>
  sql`clock_timestamp() + ${options.leaseMilliseconds ?? LEASE}::int * interval '1 millisecond'`

/** Takes the job that has been due for longest; what another worker is just taking is passed over. */
async function lease(options: JobOptions): Promise<Leased | undefined> {
  const { kernel, tasks, clock, holder } = options
  return await transaction(kernel.pool, { companies: [] }, async (tx) => {
    await tx.rows(EVERY_COMPANY)
    return await tx.first(sql<Leased>`update kernel.job j set holder = ${holder}::uuid, lease_until = ${leaseEnd(options)}, token = j.token + 1, attempts = j.attempts + 1
        from (select company_id, id from kernel.job where state = 'waiting' and run_at <= ${clock()} and lease_until <= clock_timestamp()
                and task = any(${Object.keys(tasks)}::text[]) order by run_at for update skip locked limit 1) due
       where j.company_id = due.company_id and j.id = due.id
      returning j.company_id, j.id, j.task, j.payload, j.token::text, j.attempts,
        (select d.time_zone from access.directory() d where d.id = j.company_id) as time_zone`)
  })
}

async function perform({ kernel, tasks, clock }: JobOptions, job: Leased): Promise<void> {
  const now = clock()
  const context: Context = {
    principal: SYSTEM,
    companyId: job.company_id,
    channel: 'job',
    now,
    today: businessDate(job.time_zone ?? 'UTC', now),
    key: `job:${job.id}`,
  }
  await transaction(
    kernel.pool,
    { companies: [job.company_id] },
    async (tx) => {
      await tasks[job.task]?.({ tx, kernel, context, payload: job.payload, jobId: job.id, attempt: job.attempts })
      const done =
        await tx.run(sql`update kernel.job set state = 'done', finished_at = ${now}, problem = null, lease_until = '-infinity'
      where company_id = ${job.company_id} and id = ${job.id} and token = ${job.token}::bigint and state = 'waiting'`)
      if (done !== 1) throw new LeaseLost(`${job.task} ${job.id} is done by another worker`)
    },
    { retries: 0, label: `job ${job.task}` },
  )
}

/** Long work keeps its lease while the process lives; a beat that fails is made up for by the next. */
async function renew(options: JobOptions, job: Leased): Promise<void> {
  await transaction(options.kernel.pool, { companies: [job.company_id] }, (tx) =>
    tx.run(sql`update kernel.job set lease_until = ${leaseEnd(options)}
      where company_id = ${job.company_id} and id = ${job.id} and token = ${job.token}::bigint and state = 'waiting'`),
  ).catch(() => undefined)
}

/** Tries again later, each time twice as late, up to an hour; at last the job has failed and a person decides. */
async function fail(options: JobOptions, job: Leased, problem: string): Promise<void> {
  const final = job.attempts >= (options.attempts ?? ATTEMPTS)
  const waitSeconds = Math.min(2 ** job.attempts, 3600)
  await transaction(options.kernel.pool, { companies: [job.company_id] }, (tx) =>
    tx.run(sql`update kernel.job set problem = ${problem.slice(0, 2_000)}, lease_until = clock_timestamp() + ${waitSeconds}::int * interval '1 second',
        state = ${final ? 'failed' : 'waiting'}, finished_at = ${final ? options.clock() : null}::timestamptz
      where company_id = ${job.company_id} and id = ${job.id} and token = ${job.token}::bigint and state = 'waiting'`),
  )
  options.onFailed?.({ task: job.task, jobId: job.id, problem, final })
}
