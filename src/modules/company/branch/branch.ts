// A branch: a place of the company where people work, with or without a warehouse.
import { document, f } from '#kernel/document'

export const branch = document('company.branch', {
  label: 'Branch',
  role: 'configuration',
  table: 'company.branch',
  numbered: 'code',
  fields: { code: f.code(), name: f.text() },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: { columns: ['code', 'name'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
