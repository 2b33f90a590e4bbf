// Every no that credit may say.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CREDIT_ACCOUNT_MISSING:
    'Customer {customer} has no credit account. Have the credit officer open one; a limit of 0 is enough for prepaid customers.',
  CREDIT_ACCOUNT_EXISTS: {
    text: 'Customer {customer} has a credit account already. Change its limit or class instead of opening another.',
    kind: 'conflict',
  },
  CREDIT_LIMIT_DATES: {
    text: 'A limit from {from} until {until} starts in the past or ends before it starts. Give a start of today or later and an end after it.',
    kind: 'invalid',
  },
  CREDIT_LIMIT_CLASS:
    'Class {class} of account {account} may have at most {most}; {limit} is more. Change the class first, or give a lower limit.',
  CREDIT_LIMIT_FREE: 'A limit of {limit} for {account} needs no approval. Change the limit directly.',
  CREDIT_CLASS_UNKNOWN: {
    text: 'There is no risk class {class}; there are {classes}. Choose one of them.',
    kind: 'invalid',
  },
  CREDIT_COVER_MISSING: {
    text: 'An account that may use insured credit only needs the amount that is insured. Give the amount, or leave insured-only out.',
    kind: 'invalid',
  },
  CREDIT_GROUP_CURRENCY:
    'Group {group} keeps its limit in {expected}, account {account} in {given}. A shared limit needs one currency: choose another group.',
  CREDIT_GROUP_CODE_TAKEN: { text: 'There is a credit group {code} already. Choose another code.', kind: 'conflict' },
  CREDIT_HOLD_ABSENT: {
    text: 'Account {account} has no {cause} hold; it has: {holds}. Nothing was lifted: choose one of these.',
    kind: 'conflict',
  },
  CREDIT_RELEASE_AMOUNT: {
    text: 'Release an amount above 0; {up_to} lets nothing through. To refuse the order, leave it on hold or cancel it.',
    kind: 'invalid',
  },
  CREDIT_RELEASE_EXPIRY: {
    text: 'A release must end after now and within {days} days; {expires_at} does not. Choose an earlier or later end.',
    kind: 'invalid',
  },
})
