// What returns refuse.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  RETURN_REASON_UNKNOWN: { text: 'There is no open return reason {reason}. Choose one of the list.', kind: 'invalid' },
  RETURN_LINE_UNKNOWN: {
    text: 'Line {id} is not of customer {customer}, or not of this return. Choose a line that he bought.',
    kind: 'invalid',
  },
  RETURN_NOT_GOODS: { text: 'Line {line}: {item} is a service. Credit its invoice instead.', kind: 'invalid' },
  RETURN_QUANTITY: {
    text: 'Line {line}: {quantity} of {item} cannot come back; give more than zero, in whole units where the item has them, one of a serial number.',
    kind: 'invalid',
  },
  RETURN_TOO_MUCH:
    'Line {line}: {possible} of {item} can still come back; {quantity} were asked for. Authorise at most that.',
  RETURN_TOO_LATE:
    '{item} was shipped on {shipped}; for this reason it may come back within {days} days. Ask for an exception.',
  RETURN_WITHOUT_SALE: {
    text: 'Naming no order line needs the permission returns.rma.without-sale, an item and a price. Name the order line, or ask somebody who has it.',
    kind: 'forbidden',
  },
  RETURN_CURRENCIES: {
    text: 'The lines of one return were sold in {one} and {other}. Authorise one return for each.',
    kind: 'invalid',
  },
  RETURN_LOT: {
    text: 'Line {line}: {item} needs a {tracking} number that was shipped on this order line and is not back yet; {lot} is not. Read the number on the piece again.',
    kind: 'invalid',
  },
  RETURN_MORE_THAN_AUTHORISED:
    'Line {line} of {number}: {possible} are still to come; {quantity} came. Authorise the rest first.',
  RETURN_MORE_THAN_RECEIVED:
    'Line {line} of {number}: {possible} wait for inspection; {quantity} were decided. Decide on at most these.',
  RETURN_NOT_INSPECTED: 'Line {line} of {number}: {possible} wait for inspection. Decide on them first.',
  RETURN_NOTHING_ACCEPTED: 'Nothing of {number} was accepted, so there is nothing to credit. Tell the customer why.',
  RECEIVER_CREDITS: {
    text: 'You took in the goods of {number}, so somebody else must credit them.',
    kind: 'forbidden',
  },
})
