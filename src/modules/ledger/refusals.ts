// What the ledger refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  PERIOD_LOCKED: {
    text: 'The period of {date} is locked. Use a date in an open period; the first open day is {alternative}.',
    kind: 'rule',
  },
  PERIOD_MISSING: 'No accounting period covers {date}. Have finance open the year first.',
  PERIOD_EXISTS: {
    text: 'A period of the year from {starts} exists already. Open a year that begins after the last period.',
    kind: 'conflict',
  },
  ENTRY_UNBALANCED: {
    text: 'The entry does not balance: debit {debit}, credit {credit}. Correct the amounts until both are equal.',
    kind: 'rule',
  },
  ENTRY_ONE_SIDE: {
    text: 'Line {line}: give an amount above zero, with at most {digits} decimals, either as debit or as credit.',
    kind: 'invalid',
  },
  ENTRY_POSTED: { text: 'Entry {id} is posted already. Leave its id out to post another.', kind: 'conflict' },
  ENTRY_OF_DOCUMENT: 'Entry {number} comes from {source}. Correct it through that document, not by hand.',
  ENTRY_REVERSED: {
    text: 'Entry {number} is reversed already, by {by}. Post a new entry if more has to change.',
    kind: 'conflict',
  },
  ENTRY_UNKNOWN: {
    text: 'There is no entry {id} in this company. Look it up in the list of entries.',
    kind: 'unknown',
  },
  NO_APPROVAL_ASKED: 'No approval is needed for an entry of {amount}. Post it.',
  ACCOUNT_UNKNOWN: {
    text: 'There is no open account {account}. Check the code, or have finance open the account.',
    kind: 'rule',
  },
  ACCOUNT_UNSEEN: {
    text: 'There is no account {account} in this company. Check the code, or look it up in the list of accounts.',
    kind: 'unknown',
  },
  ACCOUNT_HAS_BALANCE: 'Account {account} has a balance of {balance}. Bring it to zero before closing it.',
  ACCOUNT_IN_USE: 'Account {account} is used by {user}. Point that to another account before closing it.',
  CONTROL_ACCOUNT: {
    text: 'Account {account} is kept by its sub-ledger; post through the documents, not by hand.',
    kind: 'rule',
  },
  SUSPENSE_MISSING:
    'A posting has no account, and no suspense account is mapped to catch it. Have finance map the role suspense.',
})
