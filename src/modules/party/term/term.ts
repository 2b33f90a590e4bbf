// A payment term: when an invoice is due, and what paying early saves.
import { document, f } from '#kernel/document'

export const term = document('party.term', {
  label: 'Payment term',
  role: 'configuration',
  table: 'party.term',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    dueDays: f.integer({ column: 'due_days' }),
    endOfMonth: f.boolean({ column: 'end_of_month' }),
    discountPercent: f.percent({ column: 'discount_percent' }),
    discountDays: f.integer({ column: 'discount_days' }),
    prepaid: f.boolean(),
  },
  states: ['active', 'closed'],
  list: {
    columns: ['code', 'name', 'dueDays', 'discountPercent', 'discountDays', 'prepaid'],
    search: ['code', 'name'],
    sort: 'code',
  },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
