// The books: accounts, the roles they play, periods, entries, and what they come to.
import { module } from '#kernel/module'
import { account } from './account/account.ts'
import { change as changeAccount } from './account/change.ts'
import { close as closeAccount } from './account/close.ts'
import { create as createAccount } from './account/create.ts'
import { accountCard, entries, unmapped } from './account-card.ts'
import { balanceSheet } from './balance-sheet.ts'
import { draft } from './entry/draft.ts'
import { entry } from './entry/entry.ts'
import { post } from './entry/post.ts'
import { reverse } from './entry/reverse.ts'
import { invariants } from './invariants.ts'
import { entryLines, journal } from './journal.ts'
import { create as createMapping } from './mapping/create.ts'
import { mapping } from './mapping/mapping.ts'
import { set } from './mapping/set.ts'
import { closeSoft } from './period/close-soft.ts'
import { lock } from './period/lock.ts'
import { openYear } from './period/open-year.ts'
import { period } from './period/period.ts'
import { unlock } from './period/unlock.ts'
import { periods } from './periods.ts'
import { profitAndLoss, resultByWarehouse } from './profit-and-loss.ts'
import { trialBalance } from './trial-balance.ts'
import { uses } from './uses.ts'

export default module('ledger', {
  needs: ['company', 'party', 'tax'],
  documents: [account, mapping, period, entry],
  commands: [
    ...[createAccount, changeAccount, closeAccount, createMapping, set],
    ...[openYear, closeSoft, lock, unlock],
    ...[draft, post, reverse],
  ],
  queries: [
    trialBalance,
    profitAndLoss,
    resultByWarehouse,
    balanceSheet,
    accountCard,
    entries,
    unmapped,
    journal,
    entryLines,
    periods,
  ],
  uses,
  invariants,
})
