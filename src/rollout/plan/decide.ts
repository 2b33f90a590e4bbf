// Approving a plan, which whoever made it does not; clearing one for an emergency; and discarding one.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { approverOf } from '../governance/change/request.ts'
import { sits } from '../governance/seat/sits.ts'
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

/** Lets a plan through at a live site without a change request, by the seat that emergencies belong to; who made it may not. */
export const clear = command(plan.verbs.clear, T.object({}), async (call) => {
  const { tx, context, companyId, actor, reason, now } = call
  const own = await tx.first(sql<{
    number: string
  }>`select p.number from rollout.plan p join ${call.set} g on g.id = p.id
    where p.company_id = ${companyId} and p.made_by = ${actor}`)
  if (own && context.principal.kind !== 'system') refuse('PLAN_OWN', own)
  const by = await sits(tx, context, approverOf({ class: 'emergency', matter: 'conflict' }))
  await tx.run(sql`update rollout.plan p set cleared_by = ${actor}, clear_seat = ${by.seat}, clear_reason = ${reason ?? ''}, cleared_at = ${now}
    from ${call.set} g where p.company_id = ${companyId} and p.id = g.id`)
})

export const discard = command(plan.verbs.discard, T.object({}), async () => undefined)
