// What the ledger refuses.
import { refusals } from '#kernel/refusal'

export const refuse = refusals({
  PERIOD_LOCKED: { text: 'The period of {date} is locked. Use a date in an open period; the first open day is {alternative}.', kind: 'rule' },
  PERIOD_MISSING: 'No accounting period covers {date}. Have finance open the year first.',
  ENTRY_UNBALANCED: { text: 'The entry does not balance: debit {debit}, credit {credit}.', kind: 'rule' },
  ACCOUNT_UNKNOWN: { text: 'There is no open account {account}.', kind: 'rule' },
  CONTROL_ACCOUNT: { text: 'Account {account} is kept by its sub-ledger; post through the documents, not by hand.', kind: 'rule' },
})
