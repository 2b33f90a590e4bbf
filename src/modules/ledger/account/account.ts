// An account of the chart. Its code and type stay; what it is called may change; it is closed, never deleted.
import { document, f } from '#kernel/document'

export const ACCOUNT_TYPES = ['asset', 'liability', 'equity', 'revenue', 'expense'] as const

export const account = document('ledger.account', {
  label: 'Account',
  role: 'configuration',
  table: 'ledger.account',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    type: f.choice(ACCOUNT_TYPES),
    control: f.code({ label: 'Kept by' }),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'type', 'control'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
