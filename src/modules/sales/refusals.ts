// What sales refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  ORDER_EMPTY: 'Order {number} has no lines. Add at least one before you go on.',
  LINE_UNKNOWN: {
    text: 'The order has no line {id} that can be changed. Reload the order and choose one of its lines.',
    kind: 'invalid',
  },
  CUSTOMER_NOT_ACTIVE:
    'Customer {customer} is {state}, so nothing can be ordered. Have the data steward approve or unblock it.',
  SHIP_TO_NOT_OURS: {
    text: 'Ship-to {shipTo} does not belong to customer {customer}. Choose one of its addresses.',
    kind: 'invalid',
  },
  ITEM_NOT_FOR_SALE: 'Item {item} is {state} and cannot be sold. {successor}',
  UNIT_UNKNOWN: { text: 'Item {item} is not sold in {unit}. Use one of its units.', kind: 'invalid' },
  QUANTITY_NOT_WHOLE: {
    text: '{quantity} {unit} of {item}: this unit comes in whole numbers only. Round it, or order in another unit.',
    kind: 'invalid',
  },
  QUANTITY_NOT_POSITIVE: {
    text: 'Line {line}: the quantity must be more than zero. Correct it, or leave the line out.',
    kind: 'invalid',
  },
  QUANTITY_INEXACT_IN_BASE: {
    text: '{quantity} {unit} of {item} is not an exact number of base units. Order in another unit.',
    kind: 'invalid',
  },
  PRICE_MISSING:
    'There is no price for {item} for this customer today. Give one with a reason, or have pricing add it.',
  PRICE_REASON_NEEDED: {
    text: 'Line {line}: a price given by hand needs a reason. Add one, or leave the price out.',
    kind: 'invalid',
  },
  TAX_MISSING: 'No tax rule covers {item} for this customer. Have finance complete the tax table.',
  QUOTE_EXPIRED: 'Quotation {number} was valid until {validUntil}. Re-price it, show the customer, then confirm.',
  REFERENCE_NEEDED:
    'Customer {customer} orders with an order number of his own only. Add it to {number} as the reference.',
  QUOTE_DATE_PAST: {
    text: 'A quotation cannot be valid until {validUntil}, which is past. Give today or a later day.',
    kind: 'invalid',
  },
  PRICE_CHANGED: 'Since order {number} was priced, {item} went from {was} to {now}. Re-price the order, then confirm.',
  RELEASE_NEEDS_HOLD: {
    text: 'Order {number} has no open hold of kind {kind}. Reload it: somebody may have released it.',
    kind: 'conflict',
  },
  REQUESTER_RELEASES: {
    text: 'You entered order {number} or asked for its exception, so somebody else must release it.',
    kind: 'forbidden',
  },
  ROLE_RELEASES: {
    text: 'The {kind} hold of order {number} is for the role {role} to release. Ask somebody who holds it.',
    kind: 'forbidden',
  },
  ONE_ORDER: { text: 'Lines belong to one order: name one order at a time when you give lines.', kind: 'invalid' },
  ONCE_CONFIRMED: 'Order {number} was confirmed before, so it is changed, not revised. Use change.',
  BELOW_SHIPPED:
    'Line {line} of {number}: {shipped} are shipped or invoiced already, so {ordered} is too few. Take a return, or credit the invoice.',
  NOTHING_OPEN:
    'Line {line} of {number} has nothing open that could be cancelled. Reload the order, or take a return for what is shipped.',
  PRICE_AFTER_INVOICE:
    'Line {line} of {number} is invoiced already. Credit it with the choice to invoice again, then change the price.',
  ALREADY_SHIPPED:
    'Everything on order {number} is shipped: there is nothing left to cancel. Close it, or take a return.',
  STILL_OPEN: 'Order {number} still has {open} open. Ship it, or close with a reason: then the rest is cancelled.',
  NOTHING_TO_ALLOCATE: 'Order {number} has nothing to reserve or to take back there. Look at its lines again.',
  SHIP_MORE_THAN_OPEN:
    'Line {line} of {number}: {open} are open, {wanted} were asked for. Ship at most what is open, or change the order first.',
  INVOICE_MORE_THAN_SHIPPED:
    'Line {line} of {number}: {possible} can be invoiced, {wanted} were asked for. Ship first, or invoice less.',
  ORDER_STOPPED: 'Order {number} is {state}: it does not ship. Have its hold released, or put the goods back.',
  RETURN_MORE_THAN_SHIPPED:
    'Line {line} of {number}: {possible} can come back, {wanted} were given. Check the order and the quantity.',
  CREDIT_MORE_THAN_INVOICED:
    'Line {line} of {number}: {possible} can be credited, {wanted} were given. Check the invoice and the quantity.',
  NO_SUBSTITUTE:
    '{item} is no substitute for {requested}, or the customer has not agreed to substitutes. Choose one that is offered, or ask the customer and note it.',
})
