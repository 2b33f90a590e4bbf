// Issuing bills what was shipped: invoice, books, order and exposure together, and the legal number last.
import { changeExposure } from '#credit'
import { type Call, creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { issueNumbers } from '#kernel/numbering'
import { T } from '#kernel/schema'
import { type Billable, takeBillable } from '#sales'
import { settleFromDeposits } from '../payment/from-deposits.ts'
import { refuse } from '../refusals.ts'
import { invoice } from './invoice.ts'
import { postInvoices } from './post.ts'
import { type InvoiceLine, writeInvoices } from './write.ts'

const InvoiceInput = T.object({
  id: T.optional(T.id()),
  order: T.idOf('sales.order'),
  lines: T.optional(T.list(T.object({ line: T.idOf('sales.order-line'), quantity: T.quantity() }), 2000)),
})

/** Without lines: everything of the order that was shipped (ordered, where the customer's policy says so) and is not invoiced. */
export const issue = creation(invoice.verbs.issue, InvoiceInput, async (call) => {
  const wanted = call.input.flatMap((one) =>
    (one.lines ?? [{ line: null, quantity: null }]).map((part) => ({
      order_id: one.order,
      order_line_id: part.line,
      quantity: part.quantity,
    })),
  )
  const billable = await takeBillable(
    call,
    relation<{ order_id: string; order_line_id: string | null; quantity: string | null }>(
      { order_id: 'uuid', order_line_id: 'uuid', quantity: 'numeric' },
      wanted,
    ),
  )
  return { result: { numbers: await issueLines(call, byInvoice(call, billable)) } }
})

/** Writes, posts and numbers invoices of the call's ids from what was taken for billing. Prepaid ones are settled from deposits. */
export async function issueLines(call: Call<unknown>, lines: readonly InvoiceLine[]): Promise<readonly string[]> {
  const { tx, companyId, ids, today } = call
  const { format, deposits } = await writeInvoices(call, 'invoice', lines)
  // Credit accounts are locked before the books, as everywhere.
  await changeExposure(
    tx,
    companyId,
    sql`select customer_id, 0 as open_orders, 0 as unbilled, total as receivable, 0 as unapplied
    from receivables.invoice where company_id = ${companyId} and id = any(${ids}::uuid[])`,
  )
  await postInvoices(call, ids)
  if (deposits) await settleFromDeposits(call, ids)
  return await issueNumbers(tx, { companyId, format, day: today, table: 'receivables.invoice', ids, state: 'issued' })
}

/** Puts each billable line under the invoice of its order. Refuses an order that has nothing to invoice. */
function byInvoice(call: Call<readonly { order: string }[]>, billable: readonly Billable[]): InvoiceLine[] {
  const invoiceOf = new Map(call.input.map((one, at) => [one.order, call.ids[at] ?? '']))
  const filled = new Set(billable.map((line) => line.order_id))
  const empty = call.input.find((one) => !filled.has(one.order))
  if (empty) refuse('NOTHING_TO_INVOICE', { number: empty.order })
  return billable.map((line) => ({ ...line, invoice_id: invoiceOf.get(line.order_id) ?? '' }))
}
