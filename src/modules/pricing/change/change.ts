// A change of many prices at once: what was asked, what it replaced, and one step back.
import { document, f } from '#kernel/document'

export const change = document('pricing.change', {
  label: 'Price change',
  role: 'transaction',
  table: 'pricing.change',
  numbered: 'number',
  number: 'PCH-{year}-{seq:4}',
  fields: {
    number: f.code(),
    kind: f.choice(['percent', 'load']),
    effectiveOn: f.date({ column: 'effective_on' }),
    percent: f.percent({ optional: true }),
    scope: f.json(),
    conditions: f.integer({ label: 'Conditions made' }),
    note: f.text(),
  },
  states: ['applied', 'rolled-back'],
  list: {
    columns: ['number', 'kind', 'effectiveOn', 'percent', 'conditions', 'note'],
    search: ['number', 'note'],
    sort: '-number',
  },
  verbs: {
    apply: { from: null, to: 'applied' },
    load: { from: null, to: 'applied' },
    'roll-back': { from: ['applied'], to: 'rolled-back', reason: 'required' },
  },
})
