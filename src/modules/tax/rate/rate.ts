// The rate of a tax code in time: it holds from a day until the day before the next one.
import { document, f } from '#kernel/document'

export const rate = document('tax.rate', {
  label: 'Tax rate',
  role: 'configuration',
  table: 'tax.rate',
  numbered: 'code',
  fields: { code: f.code(), valid: f.text({ label: 'Valid' }), rate: f.percent({ fraction: true }) },
  states: ['active', 'withdrawn'],
  list: { columns: ['code', 'valid', 'rate'], search: ['code'], sort: 'code' },
  verbs: {
    set: { from: null, to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
