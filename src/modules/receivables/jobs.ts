// The nightly work of receivables, for the worker: holds for who is overdue, and on the first of a month its invoices.
import { addDays, parseDate } from '#kernel/dates'
import type { Schedule, Task } from '#kernel/jobs'
import { issueMonthly, refreshCreditHolds } from './customer/daily.ts'

export const tasks: Readonly<Record<string, Task>> = {
  'receivables.refresh-credit-holds': async ({ tx, context }) => {
    const { companyId, now, today } = context
    await refreshCreditHolds({ tx, companyId, actor: context.principal.id, now, today })
  },
  // Issues in transactions of its own; a second run finds nothing left, so it may be tried again.
  'receivables.issue-monthly': async ({ kernel, context }) => {
    if (!context.today.endsWith('-01')) return
    await issueMonthly(kernel, context, addDays(parseDate(context.today), -1))
  },
}

export const schedules: readonly Schedule[] = [
  { task: 'receivables.refresh-credit-holds', at: '04:00' },
  { task: 'receivables.issue-monthly', at: '04:30' },
]
