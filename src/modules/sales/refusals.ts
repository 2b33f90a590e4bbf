// What sales refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  ORDER_EMPTY: 'Order {number} has no lines. Add at least one before you go on.',
  LINE_UNKNOWN: { text: 'The order has no line {id} that can be changed.', kind: 'invalid' },
  CUSTOMER_NOT_ACTIVE:
    'Customer {customer} is {state}, so nothing can be ordered. Have the data steward approve or unblock it.',
  SHIP_TO_NOT_OURS: {
    text: 'Ship-to {shipTo} does not belong to customer {customer}. Choose one of its addresses.',
    kind: 'invalid',
  },
  ITEM_NOT_FOR_SALE: 'Item {item} is {state} and cannot be sold. {successor}',
  UNIT_UNKNOWN: { text: 'Item {item} is not sold in {unit}. Use one of its units.', kind: 'invalid' },
  QUANTITY_NOT_WHOLE: { text: '{quantity} {unit} of {item}: this unit comes in whole numbers only.', kind: 'invalid' },
  QUANTITY_NOT_POSITIVE: { text: 'Line {line}: the quantity must be more than zero.', kind: 'invalid' },
  QUANTITY_INEXACT_IN_BASE: {
    text: '{quantity} {unit} of {item} is not an exact number of base units. Order in another unit.',
    kind: 'invalid',
  },
  PRICE_MISSING:
    'There is no price for {item} for this customer today. Give one with a reason, or have pricing add it.',
  PRICE_REASON_NEEDED: { text: 'Line {line}: a price given by hand needs a reason.', kind: 'invalid' },
  TAX_MISSING: 'No tax rule covers {item} for this customer. Have finance complete the tax table.',
  QUOTE_EXPIRED: 'Quotation {number} was valid until {validUntil}. Re-price it, show the customer, then confirm.',
  PRICE_CHANGED: 'Since order {number} was priced, {item} went from {was} to {now}. Re-price the order, then confirm.',
  RELEASE_NEEDS_HOLD: { text: 'Order {number} has no open hold of kind {kind}.', kind: 'conflict' },
  REQUESTER_RELEASES: {
    text: 'You entered order {number} or asked for its exception, so somebody else must release it.',
    kind: 'forbidden',
  },
  BELOW_SHIPPED: 'Line {line} of {number}: {shipped} are shipped already, so {ordered} is too few.',
  ALREADY_SHIPPED: 'Order {number} has shipped goods: close it, or take a return, instead of cancelling.',
  STILL_OPEN: 'Order {number} still has open quantities. Ship or cancel them before closing.',
  NOTHING_TO_ALLOCATE: 'Order {number} needs no stock.',
  SHIP_MORE_THAN_OPEN: 'Line {line} of {number}: {open} are open, {wanted} were asked for.',
  INVOICE_MORE_THAN_SHIPPED: 'Line {line} of {number}: {possible} can be invoiced, {wanted} were asked for.',
  ORDER_STOPPED: 'Order {number} is {state}: it does not ship. Have its hold released, or put the goods back.',
  RETURN_MORE_THAN_SHIPPED:
    'Line {line} of {number}: {possible} can come back, {wanted} were given. Check the order and the quantity.',
  CREDIT_MORE_THAN_INVOICED:
    'Line {line} of {number}: {possible} can be credited, {wanted} were given. Check the invoice and the quantity.',
  NO_SUBSTITUTE: '{item} is no substitute for {requested}, or the customer has not agreed to substitutes.',
})
