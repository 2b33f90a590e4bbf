// Every no that credit may say.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  CREDIT_ACCOUNT_MISSING:
    'Customer {customer} has no credit account. Have the credit officer open one; a limit of 0 is enough for prepaid customers.',
  CREDIT_ACCOUNT_EXISTS:
    'Customer {customer} has a credit account already. Change its limit or class instead of opening another.',
  CREDIT_CHECKPOINT_UNKNOWN: {
    text: 'The company setting credit_checkpoints names {checkpoint}. Use confirm, release and ship only.',
    kind: 'invalid',
  },
  CREDIT_GROUP_CURRENCY:
    'Group {group} keeps its limit in {expected}, the account in {given}. A shared limit needs one currency: choose another group.',
  CREDIT_HOLD_ABSENT: { text: 'Account {account} has no {cause} hold. Its holds are: {holds}.', kind: 'conflict' },
  CREDIT_RELEASE_AMOUNT: {
    text: 'Release an amount above 0; {up_to} lets nothing through. To refuse the order, leave it on hold or cancel it.',
    kind: 'invalid',
  },
  CREDIT_RELEASE_EXPIRY: {
    text: 'A release must end after now and within {days} days; {expires_at} does not. Choose an earlier or later end.',
    kind: 'invalid',
  },
  CREDIT_LIMIT_DATES: {
    text: 'A limit from {from} until {until} has its dates the wrong way round or starts in the past. Give a start of today or later.',
    kind: 'invalid',
  },
})
