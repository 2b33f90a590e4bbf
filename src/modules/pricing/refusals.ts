// Every no that pricing may say.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CONDITION_OVERLAP: {
    text: 'Condition {at} answers the same question as {other}, which is valid {valid}: {question}. End the other one first, or choose days, a step or a quantity that do not meet.',
    kind: 'conflict',
  },
  CONDITION_SUBJECT: { text: 'Condition {at}: {problem}', kind: 'invalid' },
  CONDITION_OBJECT: { text: 'Condition {at}: {problem}', kind: 'invalid' },
  CONDITION_LIST: { text: 'Condition {at}: {problem}', kind: 'invalid' },
  CONDITION_DATES: {
    text: 'Condition {at} would end on {until}, before it starts on {from}. Turn the dates around.',
    kind: 'invalid',
  },
  CONDITION_AMOUNT: { text: 'Condition {at}: {problem}', kind: 'invalid' },
  CONDITION_UNIT: {
    text: 'Condition {at}: {item} is not handled in {unit}. Add the unit to the item, or give the price for another unit.',
    kind: 'invalid',
  },
  CONDITION_ENDED: {
    text: 'Condition {number} is valid {valid}; it cannot end on {day}. Choose a day within its validity, today or later.',
    kind: 'conflict',
  },
  PRICE_LIST_IN_USE: 'Customers of {groups} still buy from list {list}. Assign them to another list first.',
  PRICE_LIST_CODE_TAKEN: { text: 'There is a price list {code} already. Choose another code.', kind: 'conflict' },
  CHANGE_SCOPE_EMPTY: {
    text: 'Say which prices change: name a list, a kind, a customer, a group, a category or an item.',
    kind: 'invalid',
  },
  CHANGE_IN_PAST: {
    text: 'A change of prices takes effect today or later; {day} is past. Choose another day.',
    kind: 'invalid',
  },
  CHANGE_PERCENT: {
    text: 'A change of {percent} % is outside -99 to 1000, or is 0. Give another percentage.',
    kind: 'invalid',
  },
  CHANGE_FINDS_NOTHING: 'No active price matches this choice on {day}. Widen it, or check the list and the currency.',
  CHANGE_OVERTAKEN: {
    text: 'Change {number} cannot be taken back: condition {condition} was changed after it. Take the later change back first.',
    kind: 'conflict',
  },
  DISCOUNT_LIMIT_EXISTS: { text: 'The role {role} has a discount limit already. Change that one.', kind: 'conflict' },
  MARGIN_FLOOR_EXISTS: { text: 'The margin floor of {category} is set already. Change that one.', kind: 'conflict' },
  MARGIN_FLOOR_RANGE: {
    text: 'A margin floor of {percent} % is outside -100 to 100. Give another percentage.',
    kind: 'invalid',
  },
})
