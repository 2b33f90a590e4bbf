// Applying what is left of a payment or deposit to invoices, later than it came.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { payment } from './payment.ts'
import { ApplyInput, wantedOf } from './receive.ts'
import { settle } from './settle.ts'

/** With several payments, each is applied in the order given, as far as it goes. */
export const apply = command(payment.verbs.apply, T.object({ apply: T.list(ApplyInput, 2000) }), async (call) => {
  const applied = await settle(
    call,
    call.ids.flatMap((id) => call.input.apply.map((part) => wantedOf(part, { payment_id: id, credit_id: null }))),
  )
  return {
    result: {
      applications: applied.map(({ id, invoice_id, amount, discount, write_off }) => ({
        id,
        invoice: invoice_id,
        amount,
        discount,
        writeOff: write_off,
      })),
    },
  }
})
