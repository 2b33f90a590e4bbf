// What one unit is in another, exactly, for whatever is measured: a foot is 381/1250 metres.
import { document, f } from '#kernel/document'

export const conversion = document('catalog.conversion', {
  label: 'Unit conversion',
  role: 'configuration',
  table: 'catalog.conversion',
  numbered: 'from_unit',
  shared: true,
  fields: {
    from: f.code({ column: 'from_unit' }),
    to: f.code({ column: 'to_unit' }),
    num: f.quantity({ label: 'Times' }),
    den: f.quantity({ label: 'Divided by' }),
  },
  states: ['active', 'withdrawn'],
  list: { columns: ['from', 'to', 'num', 'den'], search: ['from', 'to'], sort: 'from' },
  verbs: {
    set: { from: null, to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
