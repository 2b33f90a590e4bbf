// Asking for a check: it is put down with its job in one transaction, and goes on whatever becomes of the browser that asked.
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { enqueue } from '#kernel/jobs'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { check } from './check.ts'

export const CHECK_JOB = 'insight.prove'

/** Refuses CHECK_AT_WORK while one of the company is not finished and its job is still going to be done. */
export const start = creation(check.verbs.start, T.object({ id: T.optional(T.id()) }), async (call) => {
  const [id = '', another] = call.ids
  await giveUpLost(call)
  const atWork = await call.tx.first(
    sql<{
      number: string
    }>`select number from insight.check where company_id = ${call.companyId} and finished_at is null`,
  )
  if (atWork || another) refuse('CHECK_AT_WORK', { number: atWork?.number ?? call.numbers[0] })
  await call.tx.run(sql`insert into insight.check (company_id, id, number, state, created_by, created_at, updated_at)
    values (${call.companyId}, ${id}, ${call.numbers[0]}, 'started', ${call.actor}, ${call.now}, ${call.now})`)
  await enqueue(call.tx, {
    companyId: call.companyId,
    task: CHECK_JOB,
    key: id,
    payload: { check: id },
    runAt: call.now,
  })
})

/** A check whose job failed for good found nothing out: it ends as one that does not hold, so that the next can begin. */
async function giveUpLost({ tx, companyId, now }: Call<unknown>): Promise<void> {
  await tx.run(sql`update insight.check c set finished_at = ${now}, holds = false, at_work = null
      from kernel.job j where c.company_id = ${companyId} and c.finished_at is null
       and j.company_id = c.company_id and j.task = ${CHECK_JOB} and j.key = c.id::text and j.state = 'failed'`)
}
