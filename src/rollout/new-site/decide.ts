// Deciding about a new site: whoever asked does not; with the decision the work is put down for the worker.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { enqueue } from '#kernel/jobs'
import { T } from '#kernel/schema'
import { newSite } from './new-site.ts'
import { refuse } from './refusals.ts'

export const BRING_UP = 'rollout.bring-up'

/** Refuses NEW_SITE_OWN. */
async function refuseOwn({ tx, companyId, set, actor }: Call<unknown>): Promise<void> {
  const own = await tx.first(sql<{ code: string }>`select n.code from rollout.new_site n join ${set} s on s.id = n.id
    where n.company_id = ${companyId} and n.requested_by = ${actor}`)
  if (own) refuse('NEW_SITE_OWN', own)
}

export const approve = command(newSite.verbs.approve, T.object({}), async (call) => {
  const { tx, companyId, rows, actor, now } = call
  await refuseOwn(call)
  for (const { id, version } of rows) {
    await tx.run(
      sql`update rollout.new_site set state = 'approved', approved_by = ${actor}, problem = null where company_id = ${companyId} and id = ${id}`,
    )
    await enqueue(tx, { companyId, task: BRING_UP, key: `${id} ${version}`, payload: { id }, runAt: now })
  }
})

export const reject = command(newSite.verbs.reject, T.object({}), async (call) => {
  const { tx, companyId, set } = call
  await refuseOwn(call)
  await tx.run(
    sql`update rollout.new_site n set state = 'rejected', approved_by = null, problem = null from ${set} s where n.company_id = ${companyId} and n.id = s.id`,
  )
})

/** What came of it: the number of the plan that was applied, or a sentence that says what stood in the way. */
export const conclude = command(
  newSite.verbs.conclude,
  T.object({ plan: T.optional(T.code()), problem: T.optional(T.text(2000)) }),
  async ({ tx, companyId, rows, input }) => {
    const state = input.plan === undefined ? 'failed' : 'up'
    const problem = state === 'up' ? null : (input.problem ?? 'It did not come up.')
    for (const { id } of rows)
      await tx.run(
        sql`update rollout.new_site set state = ${state}, plan = ${input.plan ?? null}, problem = ${problem} where company_id = ${companyId} and id = ${id}`,
      )
    return { states: new Map(rows.map(({ id }) => [id, state])) }
  },
)
