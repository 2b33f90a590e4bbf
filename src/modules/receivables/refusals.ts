// What receivables refuse.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  NOTHING_TO_INVOICE: 'Order {number} has nothing to invoice: ship first, or it is invoiced already.',
  INVOICE_UNKNOWN: { text: 'There is no open invoice {id} of this customer.', kind: 'invalid' },
  PAYS_TOO_MUCH: 'Invoice {number} has {open} open; {amount} were to be applied. Apply less and leave the rest on account.',
  MORE_THAN_RECEIVED: 'The payment is {amount}, but {applied} were to be applied from it.',
  PAYMENT_TWICE: { text: 'A payment with the reference {reference} was already entered by {method}.', kind: 'conflict' },
  OTHER_CURRENCY: 'The payment is in {payment}, invoice {number} in {invoice}. Enter it in the invoice\'s currency.',
  AMOUNT_NOT_POSITIVE: { text: 'The amount must be more than zero.', kind: 'invalid' },
  NOT_APPLIED: { text: 'There is no application {id} that could be undone.', kind: 'conflict' },
  WRITE_OFF_TOO_LARGE: 'A write-off of {amount} is beyond the tolerance of {limit}. Have it approved, or leave it open.',
  DISCOUNT_TOO_LARGE: 'The discount of {amount} is more than the terms give ({limit}) for payment on that day.',
})
