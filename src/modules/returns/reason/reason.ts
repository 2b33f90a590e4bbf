// Why goods come back: until when, at what cost to the customer, and what is usually done with them.
import { document, f } from '#kernel/document'

export const DISPOSITIONS = ['restock', 'quarantine', 'scrap'] as const

export const reason = document('returns.reason', {
  label: 'Return reason',
  role: 'configuration',
  table: 'returns.reason',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    windowDays: f.integer({ column: 'window_days', label: 'Days from shipment' }),
    restockingPercent: f.percent({ column: 'restocking_percent', label: 'Restocking fee' }),
    disposition: f.choice(DISPOSITIONS),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'windowDays', 'restockingPercent'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
