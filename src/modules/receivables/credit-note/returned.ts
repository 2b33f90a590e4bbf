// The credit note for goods that came back: at the price, tax and rate of the invoice they were on.
import type { Call } from '#kernel/command'
import { newId } from '#kernel/ids'
import { type InvoiceLine, writeInvoices } from '../invoice/write.ts'
import { issueCredits } from './write.ts'

/** One return to credit: its lines (net of a fee line is negative), what they correct, and at which rate. */
export type Returned = {
  rma_id: string
  corrects_id: string | null
  rate: string | null
  reason: string
  lines: readonly Omit<InvoiceLine, 'invoice_id' | 'cost'>[]
}

type Creditor = Omit<Call<unknown>, 'input' | 'ids' | 'set' | 'rows' | 'numbers'>

/**
 * Writes and issues one credit note for each return, settles the invoice it corrects as far as that is open, and takes
 * the quantities back on the order. Who authorised and inspected the return has decided, so no further approval is asked.
 * Returns the credit notes in the order given.
 */
export async function creditReturns(
  call: Creditor,
  returned: readonly Returned[],
): Promise<readonly { id: string; number: string }[]> {
  if (returned.length === 0) return []
  const notes = returned.map((one) => ({ ...one, id: newId() }))
  const lines = notes.flatMap((one) => one.lines.map((line) => ({ ...line, invoice_id: one.id, cost: '0' })))
  await writeInvoices(
    call,
    'credit-note',
    lines,
    notes.map(({ id, rma_id, corrects_id, rate, reason }) => ({
      id,
      rma_id,
      corrects_id,
      rate,
      reason,
      reinvoice: false,
    })),
  )
  const numbers = await issueCredits(
    call,
    notes.map((one) => one.id),
  )
  return notes.map((one, at) => ({ id: one.id, number: numbers[at] ?? '' }))
}
