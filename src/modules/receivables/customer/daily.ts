// What happens to customers by itself: whoever is overdue for too long is held, whoever has paid is free, monthly customers are invoiced.
import { refreshHolds } from '#credit'
import type { Call } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { issuePeriod, unbilledOrders } from '../invoice/issue-period.ts'

/**
 * Sets and lifts the hold 'overdue' by each account's own limit of days (CRD-06); safe to run any number of times, for
 * all customers or for one. A job runs it every day, and each payment runs it for its customer. Returns whose hold changed.
 */
export function refreshCreditHolds(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now' | 'today'>,
  customerId: string | null = null,
): Promise<{ held: readonly string[]; lifted: readonly string[] }> {
  return refreshHolds(
    call,
    sql`select i.customer_id, ${call.today}::date - min(i.due_on) as days from receivables.invoice i
    where i.company_id = ${call.companyId} and i.kind = 'invoice' and i.state = 'issued' and i.open > 0 and i.due_on < ${call.today}::date
      and (${customerId}::uuid is null or i.customer_id = ${customerId}::uuid) group by i.customer_id`,
    customerId,
  )
}

/**
 * Invoices every customer whose policy is 'monthly' for all that was shipped on orders up to and with `upTo`: one
 * invoice for each customer and currency. Run again, it finds nothing and creates nothing. Returns the invoices' ids.
 */
export async function issueMonthly(kernel: Kernel, context: Context, upTo: string): Promise<readonly string[]> {
  const due = await transaction(kernel.pool, { companies: [context.companyId] }, (tx) =>
    tx.rows(sql<{ customer: string; currency: string }>`
    select distinct w.customer_id as customer, w.currency from ${unbilledOrders(context.companyId)} w where w.invoice_policy = 'monthly' and w.ordered_on <= ${upTo}::date order by 1, 2`),
  )
  if (due.length === 0) return []
  return (await issuePeriod.run(kernel, context, { input: due.map((one) => ({ ...one, upTo })) })).ids
}
