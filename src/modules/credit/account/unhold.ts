// Lifting one cause of a hold by hand; other causes stay, and an overdue hold lifts itself when the items are paid.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { BY_HAND, liftHold } from '../cause.ts'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

export const UnholdInput = T.object({ cause: T.optional(T.choice(BY_HAND)) })

export const unhold = command(account.verbs.unhold, UnholdInput, async (call) => {
  const { tx, companyId, set } = call
  const cause = call.input.cause ?? 'manual'
  const absent = await tx.first(sql<{ account: string; holds: string }>`
    select a.code as account, coalesce((select string_agg(k, ', ' order by k) from jsonb_object_keys(a.holds) k), 'none') as holds
      from ${set} s join credit.account a on a.company_id = ${companyId} and a.id = s.id where not a.holds ? ${cause}::text order by a.code limit 1`)
  if (absent) refuse('CREDIT_HOLD_ABSENT', { ...absent, cause })
  await liftHold(call, cause, sql`select s.id as customer_id from ${set} s`, call.reason)
})
