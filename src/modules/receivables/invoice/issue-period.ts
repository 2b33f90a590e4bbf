// One invoice for all that a customer was shipped and not yet billed, for customers who are invoiced by the month (ACC-01).
import { type Call, creation } from '#kernel/command'
import { relation, type Sql, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Billable, takeBillable } from '#sales'
import { refuse } from '../refusals.ts'
import { invoice } from './invoice.ts'
import { issueLines } from './issue.ts'
import type { InvoiceLine } from './write.ts'

/** `upTo`: orders taken up to and with this day; all when left out. */
const PeriodInput = T.object({
  id: T.optional(T.id()),
  customer: T.idOf('party.customer'),
  currency: T.code(),
  upTo: T.optional(T.date()),
})

export const issuePeriod = creation(invoice.verbs['issue-period'], PeriodInput, async (call) => {
  const asked = relation(
    { customer_id: 'uuid', currency: 'text', up_to: 'date' },
    call.input.map((one) => ({ customer_id: one.customer, currency: one.currency, up_to: one.upTo })),
  )
  const billable = await takeBillable(
    call,
    sql`select distinct w.order_id, null::uuid as order_line_id, null::numeric as quantity
    from ${unbilledOrders(call.companyId)} w join ${asked} a on a.customer_id = w.customer_id and a.currency = w.currency and (a.up_to is null or w.ordered_on <= a.up_to)`,
  )
  return { result: { numbers: await issueLines(call, byCustomer(call, billable)) } }
})

/** Orders with something to bill: shipped (or ordered, by the customer's policy) and neither invoiced nor back before it was. */
export const unbilledOrders = (
  companyId: number,
): Sql<{ order_id: string; customer_id: string; currency: string; ordered_on: string; invoice_policy: string }> => sql`
  select o.id as order_id, o.customer_id, o.currency, o.ordered_on, c.invoice_policy
    from sales.v_order o join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
   where o.company_id = ${companyId} and o.state in ('confirmed', 'on_hold', 'closed')
     and exists (select from sales.v_order_line l where l.company_id = o.company_id and l.order_id = o.id
           and case c.invoice_policy when 'ordered' then l.ordered - l.cancelled else l.shipped end - greatest(l.returned - l.credited, 0) > l.invoiced)`

function byCustomer(
  call: Call<readonly { customer: string; currency: string }[]>,
  billable: readonly Billable[],
): InvoiceLine[] {
  const invoiceOf = new Map(call.input.map((one, at) => [`${one.customer} ${one.currency}`, call.ids[at] ?? '']))
  const filled = new Set(billable.map((line) => `${line.customer_id} ${line.currency}`))
  const empty = call.input.find((one) => !filled.has(`${one.customer} ${one.currency}`))
  if (empty) refuse('NOTHING_TO_INVOICE_CUSTOMER', empty)
  return billable.map((line) => ({ ...line, invoice_id: invoiceOf.get(`${line.customer_id} ${line.currency}`) ?? '' }))
}
