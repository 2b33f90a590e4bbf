// Allocating reserves free stock for confirmed orders: by hand whenever somebody wants, by rule when supply arrives (ORD-11).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'
import { promise } from './promise.ts'
import { reserveOrders } from './reserve.ts'

/**
 * Better customer classes and earlier wanted days are served first, whatever the order of `ids`; nobody's reservation is
 * taken. `waiting` is how the product serves orders when goods arrive: only lines that get stock by rule. By
 * hand, every line of the orders goes back to getting stock by rule. The result is what each line got, in base units.
 */
export const allocate = command(order.verbs.allocate, T.object({ waiting: T.optional(T.boolean()) }), async (call) => {
  const { tx, companyId } = call
  const waiting = call.input.waiting ?? false
  if (!waiting) {
    await tx.run(
      sql`update sales.order_line l set allocation = 'rule' from ${call.set} s where l.company_id = ${companyId} and l.order_id = s.id and l.allocation = 'hand'`,
    )
    const idle = await tx.first(sql<{
      number: string
    }>`select o.number from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
       where not exists (select from sales.order_line l where l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock' and l.ordered - l.shipped - l.cancelled
           > coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0)) limit 1`)
    if (idle) refuse('NOTHING_TO_ALLOCATE', idle)
  }
  const got = await reserveOrders(call, call.set, waiting ? 'confirm' : 'manual')
  await promise(call, call.set, waiting ? 'supply arrived' : 'allocated by hand')
  return { result: { reserved: got } }
})
