// Closing ends an order: nothing is open any more, and what still was is cancelled with a reason (ORD-18).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'
import { cancelRemainder } from './ship.ts'

/** Refuses STILL_OPEN when something is open and no reason is given. */
export const close = command(order.verbs.close, T.object({}), async (call) => {
  const { tx, companyId } = call
  const reason = call.reason?.trim()
  if (!reason) {
    const open = await tx.first(sql<{
      number: string
      open: string
    }>`select o.number, trim_scale(sum(l.ordered - l.shipped - l.cancelled))::text as open
      from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.ordered > l.shipped + l.cancelled group by o.number limit 1`)
    if (open) refuse('STILL_OPEN', open)
  } else {
    await cancelRemainder(call, call.set, reason)
  }
  await tx.run(
    sql`update sales.orders o set closed_reason = ${reason ?? 'complete'} from ${call.set} s where o.company_id = ${companyId} and o.id = s.id`,
  )
})
