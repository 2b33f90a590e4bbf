// Every no of whoever makes two records one, as the steward reads it.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  MERGE_ITSELF: { text: '{code} cannot be merged into itself. Name two different ones.', kind: 'invalid' },
  MERGE_STATE:
    '{code} is {state}. Merge one that is active or blocked into one that is active; a proposal is decided in the queue of duplicates.',
  MERGE_DONE_ALREADY: {
    text: '{code} was merged already. Name the one that stayed instead, or undo that merge first.',
    kind: 'conflict',
  },
  MERGE_CURRENCY:
    '{from} is kept in {from_currency} and {into} in {into_currency}. Two currencies cannot become one account: close the one, and go on with the other.',
  MERGE_HIERARCHY:
    '{code} stands in a hierarchy of customers. Take it out of the hierarchy (change its parent, and that of those below it), then merge.',
  MERGE_HELD:
    'The credit of {code} is on hold ({causes}). Have the credit officer lift the hold, or merge the other way round, so that nobody buys past it.',
  MERGE_PREPAID_LINES:
    'Order {order} of {from} was invoiced before it was shipped, as {from} wants it and {into} does not. Ship or credit it first, then merge.',
  MERGE_OVERLAP:
    '{from} and {into} both have a {what} for the same days. End or withdraw the one that shall no longer count, then merge.',
  UNDO_TOO_LATE:
    'Merge {number} could be undone until {until}. Ask for a new {kind} instead, and move what is still open by hand.',
  UNDO_LATER_MERGE: '{code} was itself merged later, by {later}. Undo {later} first, then {number}.',
  UNDO_ENTANGLED: 'Merge {number} cannot be undone yet: {what}. {advice}',
})
