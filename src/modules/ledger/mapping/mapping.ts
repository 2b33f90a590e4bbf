// A mapping: which account plays a role when a module posts. Finance owns it; modules name roles, never accounts.
import { document, f } from '#kernel/document'

export const mapping = document('ledger.mapping', {
  label: 'Account mapping',
  role: 'configuration',
  table: 'ledger.mapping',
  numbered: 'role',
  fields: { role: f.code(), account: f.code() },
  states: ['active'],
  editableIn: ['active'],
  list: { columns: ['role', 'account'], search: ['role', 'account'], sort: 'role' },
  verbs: {
    create: { from: null, to: 'active' },
    set: { from: ['active'], to: 'active' },
  },
})
