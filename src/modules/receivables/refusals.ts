// What receivables refuse.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  NOTHING_TO_INVOICE: 'Order {number} has nothing to invoice: ship first, or it is invoiced already.',
  NOTHING_TO_INVOICE_CUSTOMER:
    'Customer {customer} has nothing to invoice in {currency}: ship first, or it is invoiced already.',
  INVOICE_UNKNOWN: {
    text: 'There is no open invoice {id} of this customer. Look it up among the open items of the customer.',
    kind: 'invalid',
  },
  RATE_UNKNOWN: 'There is no exchange rate for the currency of this document on {day}. Have finance record one first.',
  PAYS_TOO_MUCH:
    'Invoice {number} has {open} open; {amount} were to be applied. Apply less and leave the rest on account.',
  MORE_THAN_RECEIVED: 'There is {free} left to apply; {amount} were to be applied to invoice {number}. Apply less.',
  PAYMENT_TWICE: {
    text: 'A payment with the reference {reference} was already entered by {method}. Look at that one; if this is another, give it a reference of its own.',
    kind: 'conflict',
  },
  OTHER_CURRENCY: "The money is in {payment}, invoice {number} in {invoice}. Enter it in the invoice's currency.",
  AMOUNT_NOT_POSITIVE: { text: 'The amount must be more than zero. Enter what came in.', kind: 'invalid' },
  AMOUNT_TOO_FINE: { text: '{amount} has more decimals than {currency} has. Round it.', kind: 'invalid' },
  NOT_APPLIED: {
    text: 'There is no application {id} of this payment or credit note that could be undone. Reload it: somebody may have undone it.',
    kind: 'conflict',
  },
  WRITE_OFF_TOO_LARGE:
    'A write-off of {write_off} is beyond the tolerance of {limit}. Have it approved, or leave it open.',
  DISCOUNT_TOO_LARGE:
    'The discount of {discount} is more than the terms give ({limit}) for payment on that day. Take that much, and leave the rest open or have it credited.',
  CREDIT_LINE_UNKNOWN: {
    text: 'Invoice {number} has no line {id}. Reload the invoice and choose one of its lines.',
    kind: 'invalid',
  },
  CREDIT_TOO_LARGE:
    'Line {line} of {number} has {possible} left to credit; {wanted} were asked for. Credit at most what is left.',
  CREDIT_WITHOUT_QUANTITY: {
    text: 'Line {line} of {number}: a price claim leaves the quantity as it is, so it cannot be invoiced again. Leave the price out, or do not ask for it.',
    kind: 'invalid',
  },
  GRANT_OF_GOODS: {
    text: 'Line {line}: {item} is goods. Take them back with a return, which is then credited.',
    kind: 'invalid',
  },
  GRANT_NOTHING: {
    text: 'Line {line}: the quantity of {item} must be more than zero. Correct it, or leave the line out.',
    kind: 'invalid',
  },
  GRANT_UNTAXED: 'Line {line}: no tax rule covers {item} for this customer today. Have finance complete the rules.',
  CREDIT_OF_RETURN:
    'The credit note for "{reason}" belongs to a return. When it is approved, credit the return once more: that issues it.',
  CREDIT_OF_CREDIT: { text: '{number} is a credit note. Credit its invoice instead.', kind: 'conflict' },
})
