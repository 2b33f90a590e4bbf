// The job of a check: every invariant in one snapshot, what it found of this company and of what belongs to all, and the audit head.
import { readCompanies } from '#kernel/access/companies'
import { sql, transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import type { ModuleJob } from '#kernel/jobs'
import type { Kernel } from '#kernel/kernel'
import { type Invariant, verify } from '#kernel/verify'
import { sealedHead } from './head.ts'
import { CHECK_JOB, start } from './start.ts'

/**
 * The jobs of checks over the invariants of the kernel and of `modules`. A check reads every company, because what is
 * sealed or counted for all can only be proved for all; it tells the breaches of its own company and those of no company.
 */
export const proving = (invariants: () => readonly Invariant[]): Readonly<Record<string, ModuleJob>> => ({
  [CHECK_JOB]: {
    run: async ({ tx, kernel, context, payload }) => {
      // The job's own transaction waits for the whole check, which may take longer than one may idle.
      await tx.rows(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`)
      await prove(kernel, context.companyId, String(payload.check), [...KERNEL_INVARIANTS, ...invariants()])
    },
  },
  'insight.prove-nightly': {
    at: '05:00',
    run: async ({ kernel, context }) => {
      await start.run(kernel, context, { input: [{}] })
    },
  },
})

async function prove(kernel: Kernel, companyId: number, id: string, all: readonly Invariant[]): Promise<void> {
  const save = (done: number, atWork: string | null) =>
    transaction(kernel.pool, { companies: [companyId] }, (tx) =>
      tx.run(sql`update insight.check set done = ${done}, total = ${all.length}, at_work = ${atWork}
        where company_id = ${companyId} and id = ${id} and finished_at is null`),
    )
  await save(0, all[0]?.title ?? null)
  const companies = (await readCompanies(kernel)).map((one) => one.id)
  // Told one after another, so that an earlier count never comes last.
  let told: Promise<unknown> = Promise.resolve()
  const verdict = await verify(
    kernel.pool,
    companies,
    all.map((one) => ofCompany(one, companyId)),
    (done) => {
      told = told.then(() => save(done, all[done]?.title ?? null)).catch(() => undefined)
    },
  )
  await told
  const head = await sealedHead(kernel, companies)
  const results = verdict.checks.map(({ id, title, owner, breaches, milliseconds }) => ({
    id,
    title,
    owner,
    breaches,
    milliseconds,
  }))
  const examples = Object.fromEntries(verdict.checks.filter((one) => !one.ok).map((one) => [one.id, one.examples]))
  const breaches = verdict.checks.reduce((sum, one) => sum + one.breaches, 0)
  await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.run(sql`update insight.check set done = ${all.length}, total = ${all.length}, at_work = null, finished_at = clock_timestamp(),
        holds = ${verdict.ok && head?.rootFits !== false}, breaches = ${breaches}, results = ${JSON.stringify(results)}::jsonb,
        examples = ${JSON.stringify(examples)}::jsonb, head = ${head ? JSON.stringify(head) : null}::jsonb
      where company_id = ${companyId} and id = ${id} and finished_at is null`),
  )
}

/** The breaches that concern one company: its own, and those of rows that belong to no company. */
const ofCompany = (one: Invariant, companyId: number): Invariant => ({
  ...one,
  breaches: sql`select * from ${one.breaches} breach
    where coalesce((to_jsonb(breach) ->> 'company_id')::int, ${companyId}) = ${companyId}`,
})
