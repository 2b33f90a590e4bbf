// The door of receivables: what returns asks of it, what jobs run, and what others may build on.
export { creditReturns, type Returned } from './credit-note/returned.ts'
export { issueMonthly, refreshCreditHolds } from './customer/daily.ts'
export { schedules, tasks } from './jobs.ts'
