// Confirming spends the customer's credit and promises stock, or holds the order and says why; never half of it.
import { changeExposure, lockAccounts } from '#credit'
import { type Call, command } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { findings } from './assess.ts'
import { placeHolds } from './holds.ts'
import { order } from './order.ts'
import { promise } from './promise.ts'
import { checkPrices } from './recheck.ts'
import { reserveOrders } from './reserve.ts'

export const confirm = command(order.verbs.confirm, T.object({}), async (call) => {
  await checkPrices(call, call.set)
  return { states: await confirmOrders(call, call.ids) }
})

/**
 * Holds what must be held and confirms the rest: credit is spent before stock is promised, so that a customer we must
 * refuse never holds goods that another could have. Returns the state of each order.
 */
export async function confirmOrders(call: Call<unknown>, ids: readonly string[]): Promise<Map<string, string>> {
  const { tx, companyId } = call
  const set = sql<{ id: string }>`select unnest(${ids}::uuid[]) as id`
  const locked = lockAccounts(
    tx,
    companyId,
    sql`select o.customer_id from sales.orders o join ${set} s on s.id = o.id where o.company_id = ${companyId}`,
  )
  const [, found] = await Promise.all([locked, findings(call, set)])
  const held = new Set(found.map((one) => one.order_id))
  if (found.length > 0) await placeHolds(call, found)
  const clear = ids.filter((id) => !held.has(id))
  if (clear.length > 0) await accept(call, clear)
  return new Map(ids.map((id) => [id, held.has(id) ? 'on_hold' : 'confirmed']))
}

async function accept(call: Call<unknown>, ids: readonly string[]): Promise<void> {
  const { tx, companyId } = call
  const set = sql<{ id: string }>`select unnest(${ids}::uuid[]) as id`
  await Promise.all([
    tx.run(
      sql`update sales.orders o set confirmed_by = ${call.actor}, confirmed_at = ${call.now} from ${set} s where o.company_id = ${companyId} and o.id = s.id`,
    ),
    changeExposure(tx, companyId, openValues(companyId, set)),
    reserveOrders(call, set, 'confirm'),
    promise(call, set, 'confirmed'),
  ])
}

/** What the orders' open quantities add to their customers' exposure. */
export const openValues = (companyId: number, set: Sql<{ id: string }>) =>
  sql<{ customer_id: string; open_orders: string; unbilled: string; receivable: string; unapplied: string }>`
    select o.customer_id, sum(sales.open_value(l.net, l.tax_rate, l.ordered, l.ordered - l.shipped - l.cancelled)) as open_orders,
           0::numeric as unbilled, 0::numeric as receivable, 0::numeric as unapplied
      from sales.orders o join ${set} s on s.id = o.id join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id
     where o.company_id = ${companyId} group by o.customer_id`
