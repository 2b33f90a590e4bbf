// How far below the found price a role may go without asking.
import { document, f } from '#kernel/document'

export const discountLimit = document('pricing.discount-limit', {
  label: 'Discount limit',
  role: 'configuration',
  table: 'pricing.discount_limit',
  numbered: 'role',
  fields: { role: f.code(), percent: f.percent() },
  states: ['active'],
  editableIn: ['active'],
  list: { columns: ['role', 'percent'], search: ['role'], sort: 'role' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active', reason: 'required' },
  },
})
