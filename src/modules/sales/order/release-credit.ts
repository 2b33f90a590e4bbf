// Releasing a credit hold lets one order pass, up to an amount and until a time, and keeps who said so and why (CRD-05).
import { lockAccounts, releaseOrder } from '#credit'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { order } from './order.ts'
import { holdsToRelease, markReleased, resume } from './resume.ts'

/** Hours for which a release holds when nobody says until when. */
const RELEASE_HOURS = 48

/**
 * `upTo` is in the account's currency and defaults to the whole of each order, which is what release and shipment are
 * held against: the open worth of its lines is not rounded, and may lie below the total by part of a cent. `until` is an
 * instant, within the days that the company allows. An order larger than its release stays on hold, and says so.
 */
export const releaseCredit = command(
  order.verbs['release-credit'],
  T.object({ upTo: T.optional(T.money()), until: T.optional(T.instant()) }),
  async (call) => {
    const { tx, companyId, input } = call
    const holds = await holdsToRelease(call, ['credit'])
    const [, worth] = await Promise.all([
      lockAccounts(
        tx,
        companyId,
        sql`select o.customer_id from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id`,
      ),
      tx.rows(sql<{
        id: string
        customer_id: string
        worth: string
      }>`select o.id, o.customer_id, greatest(sum(sales.open_worth(l)), o.total)::text as worth
      from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id group by o.id, o.customer_id, o.total`),
    ])
    const until =
      input.until === undefined ? new Date(call.now.getTime() + RELEASE_HOURS * 3_600_000) : new Date(input.until)
    const upTo = new Map(worth.map((one) => [one.id, input.upTo ?? one.worth]))
    await releaseOrder(
      tx,
      call.context,
      worth.map((one) => ({
        orderId: one.id,
        customerId: one.customer_id,
        upTo: input.upTo ?? one.worth,
        expiresAt: until,
        reason: call.reason ?? '',
      })),
    )
    await markReleased(
      call,
      holds.map((one) => one.id),
      { upTo: holds.map((one) => upTo.get(one.order_id) ?? '0'), until },
    )
    return { states: await resume(call, call.ids) }
  },
)
