// Applying what is left of a credit note to invoices of the customer.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { wantedOf } from '../payment/receive.ts'
import { settle } from '../payment/settle.ts'
import { creditNote } from './credit-note.ts'

const ApplyInput = T.object({
  apply: T.list(T.object({ invoice: T.idOf('receivables.invoice'), amount: T.optional(T.money()) }), 2000),
})

export const apply = command(creditNote.verbs.apply, ApplyInput, async (call) => {
  const applied = await settle(
    call,
    call.ids.flatMap((id) => call.input.apply.map((part) => wantedOf(part, { payment_id: null, credit_id: id }))),
  )
  return {
    result: { applications: applied.map(({ id, invoice_id, amount }) => ({ id, invoice: invoice_id, amount })) },
  }
})
