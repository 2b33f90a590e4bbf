// An accounting period: open to everybody, softly closed to all but finance, or locked to every path there is.
import { document, f } from '#kernel/document'

export const period = document('ledger.period', {
  label: 'Accounting period',
  role: 'configuration',
  table: 'ledger.period',
  numbered: 'code',
  fields: {
    code: f.code(),
    starts: f.date(),
    ends: f.date(),
    lockedAt: f.instant({ column: 'locked_at', optional: true }),
  },
  states: ['open', 'soft', 'locked'],
  list: { columns: ['code', 'starts', 'ends', 'lockedAt'], search: ['code'], sort: '-code' },
  verbs: {
    'open-year': { from: null, to: 'open' },
    'close-soft': { from: ['open'], to: 'soft' },
    lock: { from: ['open', 'soft'], to: 'locked', reason: 'required' },
    unlock: { from: ['soft', 'locked'], to: 'open', reason: 'required' },
  },
})
