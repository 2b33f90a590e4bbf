// Revoking grants in a review: they are gone within a second, each with a leaf on its account.
import { hasAdministrator, keepAnAdministrator, oneAtATime } from '#kernel/access/administrators'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { leaves } from '../account-leaf.ts'
import { DecideInput, linesToDecide, settle } from './lines.ts'
import { review } from './review.ts'

/** Refuses LAST_ADMINISTRATOR as taking the role away by hand does. */
export const revoke = command(review.verbs.revoke, DecideInput, async (call) => {
  const { tx, context, reason, input } = call
  const lines = await linesToDecide(call)
  await oneAtATime(tx)
  const before = await hasAdministrator(tx, context.now)
  const gone = await tx.rows(sql<{
    id: string
    account: string
    role: string
    state: string
  }>`delete from access.role_grant g using access.account a
    where a.id = g.account_id and g.id = any(${lines.map((one) => one.grant)}::uuid[])
    returning g.id, g.account_id as account, g.role, case when a.disabled_at is null then 'active' else 'disabled' end as state`)
  await keepAnAdministrator(tx, context, before)
  await settle(call, lines, { outcome: 'revoked', by: call.actor, note: input.note ?? reason })
  const number = lines[0]?.number
  await leaves(
    tx,
    context,
    'revoke',
    reason ?? '',
    gone.map(({ id, account, role, state }) => ({
      account,
      state,
      changes: { grant: id, role, review: number, by: call.actor },
    })),
  )
})
