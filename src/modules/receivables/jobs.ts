// The nightly work of receivables, for the worker: holds for who is overdue, and on the first of a month its invoices.
import { addDays, parseDate } from '#kernel/dates'
import type { ModuleJob } from '#kernel/jobs'
import { issueMonthly, refreshCreditHolds } from './customer/daily.ts'

/** By name; each may be run again, and then finds nothing left to do. */
export const jobs: Readonly<Record<string, ModuleJob>> = {
  'receivables.refresh-credit-holds': {
    at: '04:00',
    run: async ({ tx, context }) => {
      const { companyId, now, today } = context
      await refreshCreditHolds({ tx, companyId, actor: context.principal.id, now, today })
    },
  },
  // Issues in transactions of its own.
  'receivables.issue-monthly': {
    at: '04:30',
    run: async ({ kernel, context }) => {
      if (!context.today.endsWith('-01')) return
      await issueMonthly(kernel, context, addDays(parseDate(context.today), -1))
    },
  },
}
