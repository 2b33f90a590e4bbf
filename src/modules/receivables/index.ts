// The door of receivables: what returns asks of it, and what others may build on.
export { type CreditOfReturn, creditReturns, type Returned } from './credit-note/returned.ts'
export { openOn as openItemsOn } from './customer/as-of.ts'
export { issueMonthly, refreshCreditHolds } from './customer/daily.ts'
export { openOn, RECEIVABLES_POINTERS } from './customer/of-customer.ts'
