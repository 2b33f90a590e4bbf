// The margin under which nobody sells an item of a category without asking.
import { document, f } from '#kernel/document'

export const floor = document('pricing.margin-floor', {
  label: 'Margin floor',
  role: 'configuration',
  table: 'pricing.margin_floor',
  numbered: 'code',
  fields: {
    code: f.code({ label: 'Category (empty: every other)' }),
    percent: f.percent({ label: 'Least margin' }),
  },
  states: ['active'],
  editableIn: ['active'],
  list: { columns: ['code', 'percent'], search: ['code'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active', reason: 'required' },
  },
})
