// What inventory refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  STOCK_SHORT: 'There are only {possible} {item} at {location}; {wanted} were asked for. Ship what there is, or receive first.',
  STOCK_RESERVED: '{item} at {location} is promised: {free} of {on_hand} are free, {wanted} were asked for. Ask somebody who may take promised stock.',
  LOT_NEEDED: { text: 'Item {item} is tracked by {tracking}; name it on every line.', kind: 'invalid' },
  SERIAL_IS_ONE: { text: 'A serial number stands for exactly one piece of {item}; send a line for each.', kind: 'invalid' },
})
