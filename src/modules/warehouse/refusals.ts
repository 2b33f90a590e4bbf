// What the warehouse refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  ORDER_NOT_RELEASED: 'Order {number} is {state}; only confirmed orders go to the warehouse. {advice}',
  NOTHING_TO_SHIP: 'Nothing of order {number} is reserved and waiting. {advice}',
  HELD_BY_RULE: "Order {number} waits: {rule}. Receive the rest, or change the order's backorder rule.",
  CREDIT_STOPS:
    'Customer {customer} is over its credit ({reason}). Ask the credit officer to release order {number} first.',
  PICK_TOO_MUCH: {
    text: 'Line {line} of {number}: at most {open} can be picked, {picked} were reported. Report what the list asks for, and put the rest back.',
    kind: 'invalid',
  },
  LINE_NOT_HERE: { text: '{number} has no line {line}. Check the number on the list.', kind: 'invalid' },
  LINE_TWICE: { text: 'Line {line} of {number} is reported twice. Report it once, with the sum.', kind: 'invalid' },
  WRONG_STEP: {
    text: '{number} is {state}, and its warehouse works in {steps} step(s): {verb} does not come next. Do the step that its list shows.',
    kind: 'conflict',
  },
  SHORT_REASON_NEEDED: { text: 'Line {line} of {number} was picked short; say why.', kind: 'invalid' },
  NOTHING_PICKED: 'Nothing of {number} was picked, so there is nothing to ship. Cancel it instead.',
  NOTHING_TO_PUT_BACK: 'Nothing of {number} has to go back. Reload the list.',
  WEIGHT_DIFFERS:
    '{number} weighs {weight} g; its goods should weigh {expected} g. Check what is in the parcels, or give a reason.',
  RECEIPT_NOTHING: { text: 'Line {line}: nothing was received. Leave the line out.', kind: 'invalid' },
  NO_PLACE: {
    text: 'The warehouse has no such active place to put the goods. Check the place, or lay out the warehouse first.',
    kind: 'invalid',
  },
})
