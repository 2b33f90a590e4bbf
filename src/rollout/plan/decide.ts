// Approving a plan, which whoever made it does not, and discarding one.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { plan } from './plan-document.ts'

/** Approves exactly what the hash names. Refuses PLAN_OWN, PLAN_HASH_DIFFERS and PLAN_NEEDS_DECISION. */
export const approve = command(plan.verbs.approve, T.object({ hash: T.text(64) }), async (call) => {
  const plans = await call.tx.rows(sql<{ number: string; made_by: string; hash: string; applyable: boolean }>`
    select p.number, p.made_by, encode(p.hash, 'hex') as hash, p.applyable from rollout.plan p join ${call.set} g on g.id = p.id where p.company_id = ${call.companyId}`)
  for (const one of plans) {
    if (one.made_by === call.actor && call.context.principal.kind !== 'system')
      refuse('PLAN_OWN', { number: one.number })
    if (one.hash !== call.input.hash.toLowerCase()) refuse('PLAN_HASH_DIFFERS', { number: one.number, hash: one.hash })
    if (!one.applyable) refuse('PLAN_NEEDS_DECISION', { number: one.number })
  }
  await call.tx.run(
    sql`update rollout.plan p set approved_by = ${call.actor} from ${call.set} g where p.company_id = ${call.companyId} and p.id = g.id`,
  )
})

export const discard = command(plan.verbs.discard, T.object({}), async () => undefined)
