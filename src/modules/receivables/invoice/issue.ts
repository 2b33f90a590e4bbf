// Issuing bills what was shipped: invoice, books, order and exposure together, and the legal number last.
import { changeExposure } from '#credit'
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { issueNumbers } from '#kernel/numbering'
import { T } from '#kernel/schema'
import { type Billable, takeBillable } from '#sales'
import { refuse } from '../refusals.ts'
import { invoice } from './invoice.ts'
import { postInvoices } from './post.ts'
import { writeInvoices } from './write.ts'

const InvoiceInput = T.object({
  id: T.optional(T.id()),
  order: T.idOf('sales.order'),
  lines: T.optional(T.list(T.object({ line: T.idOf('sales.order-line'), quantity: T.quantity() }), 2000)),
})

export const issue = creation(invoice.verbs.issue, InvoiceInput, async (call) => {
  const { tx, companyId, ids, input, today } = call
  const wanted = input.flatMap((one) => (one.lines ?? [{ line: null, quantity: null }]).map((part) => ({ order_id: one.order, order_line_id: part.line, quantity: part.quantity })))
  const billable = await takeBillable(call, sql`select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (order_id uuid, order_line_id uuid, quantity numeric)`)
  const lines = byInvoice(call, billable)
  await writeInvoices(call, 'invoice', lines)
  await postInvoices(call, ids)
  await changeExposure(tx, companyId, sql`select customer_id, 0 as open_orders, 0 as unbilled, total as receivable, 0 as unapplied
    from receivables.invoice where company_id = ${companyId} and id = any(${ids}::uuid[])`)
  return { result: { numbers: await issueNumbers(tx, { companyId, format: 'INV-{year}-{seq:6}', day: today, table: 'receivables.invoice', ids, state: 'issued' }) } }
})

/** Puts each billable line under the invoice of its order. Refuses an order that has nothing to invoice. */
function byInvoice(call: Call<readonly { order: string }[]>, billable: readonly Billable[]) {
  const invoiceOf = new Map(call.input.map((one, at) => [one.order, call.ids[at] ?? '']))
  const filled = new Set(billable.map((line) => line.order_id))
  const empty = call.input.find((one) => !filled.has(one.order))
  if (empty) refuse('NOTHING_TO_INVOICE', { number: empty.order })
  return billable.map((line) => ({ ...line, invoice_id: invoiceOf.get(line.order_id) ?? '', rma_line_id: null }))
}
