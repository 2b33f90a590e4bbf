// What the warehouse refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  ORDER_NOT_RELEASED: 'Order {number} is {state}; only confirmed orders go to the warehouse. {advice}',
  NOTHING_TO_SHIP: 'Nothing of order {number} is reserved and waiting. {advice}',
  HELD_BY_RULE: 'Order {number} waits: {rule}. Receive the rest, or change the order\'s backorder rule.',
  CREDIT_STOPS: 'Customer {customer} is over its credit ({reason}). The credit officer must release order {number} first.',
  PICK_TOO_MUCH: { text: 'Line {line} of {number}: at most {quantity} can be picked, {picked} were reported.', kind: 'invalid' },
  LINE_NOT_HERE: { text: '{number} has no line {id}.', kind: 'invalid' },
  WRONG_STEP: { text: '{number} is {state}, and its warehouse works in {steps} step(s): {verb} does not come next.', kind: 'conflict' },
  SHORT_REASON_NEEDED: { text: 'Line {line} of {number} was picked short; say why.', kind: 'invalid' },
  NOTHING_PICKED: 'Nothing of {number} was picked, so there is nothing to ship. Cancel it instead.',
  RECEIPT_EMPTY: { text: 'The receipt has no lines.', kind: 'invalid' },
})
