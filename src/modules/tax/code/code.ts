// A tax code: what kind of tax, and the account that it is posted to.
import { document, f } from '#kernel/document'

export const KINDS = ['standard', 'zero', 'exempt', 'reverse-charge', 'export'] as const

export const code = document('tax.code', {
  label: 'Tax code',
  role: 'configuration',
  table: 'tax.code',
  numbered: 'code',
  fields: { code: f.code(), name: f.text(), kind: f.choice(KINDS), account: f.code() },
  states: ['active', 'withdrawn'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'kind', 'account'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
