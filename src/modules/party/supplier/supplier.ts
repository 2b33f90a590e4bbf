// A supplier: a party from whom one company buys.
import { document, f } from '#kernel/document'

export const supplier = document('party.supplier', {
  label: 'Supplier',
  role: 'master',
  table: 'party.supplier',
  numbered: 'code',
  number: 'V{seq:6}',
  fields: {
    code: f.code(),
    name: f.text(),
    currency: f.code(),
    term: f.code({ label: 'Payment term' }),
    leadTimeDays: f.integer({ column: 'lead_time_days' }),
    bankAccount: f.text({ column: 'bank_account', optional: true, see: 'party.supplier.see-bank-account' }),
    note: f.text(),
  },
  states: ['proposed', 'active', 'blocked', 'inactive'],
  editableIn: ['proposed', 'active', 'blocked'],
  list: { columns: ['code', 'name', 'term', 'currency', 'leadTimeDays'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    request: { from: null, to: 'proposed' },
    approve: { from: ['proposed'], to: 'active' },
    change: { from: ['proposed', 'active', 'blocked'], to: ['proposed', 'active', 'blocked'] },
    'change-bank': {
      from: ['proposed', 'active', 'blocked'],
      to: ['proposed', 'active', 'blocked'],
      reason: 'required',
    },
    block: { from: ['active'], to: 'blocked', reason: 'required' },
    unblock: { from: ['blocked'], to: 'active', reason: 'required' },
    deactivate: { from: ['proposed', 'active', 'blocked'], to: 'inactive', reason: 'required' },
    // Whoever was merged and is taken back by undoing that is again what he was.
    reactivate: { from: ['inactive'], to: ['proposed', 'active', 'blocked'], reason: 'required' },
  },
})
