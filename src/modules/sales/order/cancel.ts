// Cancelling gives back everything an order held: stock, credit, promises. What is shipped stays shipped (ORD-18).
import { voidApprovals } from '#kernel/approvals'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'
import { voidReleases } from './revise.ts'
import { cancelRemainder } from './ship.ts'

/** An order of which something is shipped is closed with the rest cancelled; refuses ALREADY_SHIPPED when there is no rest. */
export const cancel = command(order.verbs.cancel, T.object({}), async (call) => {
  const { tx, companyId } = call
  const standing = await tx.rows(sql<{ id: string; number: string; shipped: boolean; open: boolean; state: string }>`
    select o.id, o.number, o.state, coalesce(bool_or(l.shipped > 0), false) as shipped, coalesce(bool_or(l.ordered > l.shipped + l.cancelled), false) as open
      from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      left join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id group by o.id, o.number, o.state`)
  const done = standing.find((one) => one.shipped && !one.open)
  if (done) refuse('ALREADY_SHIPPED', done)
  await cancelRemainder(call, call.set)
  await tx.run(
    sql`update sales.orders o set closed_reason = ${call.reason ?? null} from ${call.set} s where o.company_id = ${companyId} and o.id = s.id`,
  )
  if (standing.some((one) => one.state === 'on_hold')) {
    await voidReleases(call)
    await voidApprovals(tx, call.context, call.ids)
  }
  return { states: new Map(standing.map((one) => [one.id, one.shipped ? 'closed' : 'cancelled'])) }
})
