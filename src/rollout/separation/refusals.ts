// Every no of asking for access, of waivers and of reviews.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  OWN_ACCESS: {
    text: 'This is about your own access, or you asked for it, so somebody else must decide. Ask a colleague who holds the role {role}.',
    kind: 'forbidden',
  },
  NOT_THE_OWNER: {
    text: 'The role {role} decides about this, everywhere it is to hold. You neither hold it nor stand in for somebody who does. Leave it to one of them.',
    kind: 'forbidden',
  },
  NOT_YOUR_REQUEST: {
    text: 'Request {number} is neither yours nor about you. Leave it to whoever asked, or refuse it if you decide about the role.',
    kind: 'forbidden',
  },
  ACCESS_HELD: {
    text: '{name} holds the role {role} there already, until {until}. Ask for a later end or another amount if that is what is missing.',
    kind: 'conflict',
  },
  ACCESS_ASKED: {
    text: 'The role {role} is asked for already, by request {number}. Wait for its decision, or withdraw it first.',
    kind: 'conflict',
  },
  ACCESS_DAYS: {
    text: 'Access from {from} to {until} cannot be given. Give a last day that is not past, not before the first one, and at most {most} days away.',
    kind: 'invalid',
  },
  ACCESS_TOO_WIDE: {
    text: 'You ask for access in some companies only, and this would reach all of them. Ask for one company, or have somebody of all of them ask.',
    kind: 'forbidden',
  },
  SEPARATION_UNKNOWN: {
    text: 'There is no separation rule {separation} that keeps roles apart. Choose one of those that the simulation shows.',
    kind: 'unknown',
  },
  WAIVER_NOBODY: {
    text: 'Nobody may waive {separation}: its owner, the role {owner}, changes nothing. Give the role to somebody else instead.',
    kind: 'forbidden',
  },
  WAIVER_CONTROL: {
    text: 'A waiver needs a control in its place: say who looks at what, and how often, in a few words.',
    kind: 'invalid',
  },
  WAIVER_ASKED: {
    text: 'A waiver of {separation} for {name} is {state} already: {number}. Wait for it, or end it first.',
    kind: 'conflict',
  },
  REVIEW_EMPTY: {
    text: 'No grant of this company fits, so there is nothing to review. Choose another role or warehouse, or leave them out.',
    kind: 'invalid',
  },
  REVIEW_UNDECIDED: {
    text: 'Review {number} runs until {until}, and {count} of its grants are undecided. Confirm or revoke them, or wait for its end.',
    kind: 'conflict',
  },
  REVIEW_GRANT: {
    text: 'Review {number} has no undecided grant {grant}. Reload it and choose one that is still open.',
    kind: 'conflict',
  },
})
