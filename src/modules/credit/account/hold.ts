// Stopping a customer by hand: no order of his is confirmed, released or shipped until the cause is lifted.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { BY_HAND, setHold } from '../cause.ts'
import { account } from './account.ts'

export const HoldInput = T.object({ cause: T.optional(T.choice(BY_HAND)) })

export const hold = command(account.verbs.hold, HoldInput, async (call) => {
  await setHold(
    call,
    call.input.cause ?? 'manual',
    sql`select s.id as customer_id, ${call.reason ?? ''}::text as reason from ${call.set} s`,
  )
})
