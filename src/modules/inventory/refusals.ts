// What inventory refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  STOCK_SHORT:
    'There are only {possible} {item} at {location}; {wanted} were asked for. Take what there is, or receive first.',
  STOCK_RESERVED:
    '{item} at {location} is promised: {possible} are free, {wanted} were asked for. Ask somebody who may take promised stock.',
  PROMISE_CHANGED: {
    text: 'Only {possible} {item} at {location} are still promised to this line; {wanted} were to go. The order was changed: have the pick list adjusted.',
    kind: 'conflict',
  },
  SERIAL_ELSEWHERE: 'Serial number {lot} of {item} is already in stock, at {location}. Check the number on the piece.',
  LOT_NOT_GOOD: 'Lot {lot} of {item} is expired or blocked and cannot go to a customer. Take another lot.',
  LOT_NEEDED: { text: 'Item {item} is tracked by {tracking}; name it on every line.', kind: 'invalid' },
  LOT_UNKNOWN: { text: '{item} has no lot {lot}. Check the number, or create the lot first.', kind: 'invalid' },
  LOT_EXISTS: { text: '{item} has a lot {lot} already. Use that one, or give another number.', kind: 'conflict' },
  LOT_NOT_FREE:
    'Lot {lot} of {item} has only {free} free at this place; {wanted} were taken. Take the lot on the list, or another one.',
  NOT_STOCKED: { text: '{item} is a service or a kit and is never in stock. Leave the line out.', kind: 'invalid' },
  NOT_TRACKED: {
    text: '{item} is not tracked by lot or serial number, so it has none. Leave the number out.',
    kind: 'invalid',
  },
  SERIAL_IS_ONE: {
    text: 'A serial number stands for exactly one piece of {item}; send a line for each.',
    kind: 'invalid',
  },
  LOCATION_EXISTS: { text: 'The warehouse has a location {code} already. Choose another code.', kind: 'conflict' },
  LOCATION_UNKNOWN: { text: '{warehouse} has no active location {location}. Check the code.', kind: 'invalid' },
  LOCATION_NOT_EMPTY: 'Location {code} still holds {quantity} {item}. Move it first, then close the location.',
  SAME_PLACE: {
    text: 'Line {line} moves {item} to where it already is. Name another place, or leave the line out.',
    kind: 'invalid',
  },
  NOT_POSITIVE: {
    text: 'Line {line}: the quantity must be more than zero. Correct it, or leave the line out.',
    kind: 'invalid',
  },
  ADJUSTMENT_EMPTY: {
    text: 'Adjustment {number} changes nothing: what was counted is what the books say. Cancel it.',
    kind: 'rule',
  },
  ADJUSTMENT_LINE: { text: 'Line {line}: give either the difference, or what was counted.', kind: 'invalid' },
  COUNTED_LATER: { text: 'Line {line} was counted in the future. Check the time.', kind: 'invalid' },
  COUNTER_APPROVES: {
    text: 'You counted or submitted {number} yourself, so somebody else must decide on it.',
    kind: 'forbidden',
  },
  TRANSFER_LINE: {
    text: 'Transfer {number} has no line {line}, or more would arrive ({received}) than was sent ({sent}). Check the line and the quantity.',
    kind: 'invalid',
  },
  SAME_WAREHOUSE: {
    text: '{number} goes from a warehouse to itself. Record a move inside the warehouse instead.',
    kind: 'invalid',
  },
  MOVER_WRITES_OFF: {
    text: 'You planned, sent or received {number}, so somebody else must write off what is missing.',
    kind: 'forbidden',
  },
  DATE_AHEAD: { text: '{date} is in the future. Use today or an earlier day.', kind: 'invalid' },
})
