// A currency of ISO 4217 with the places of its smallest coin; shared by every company.
import { document, f } from '#kernel/document'

export const currency = document('company.currency', {
  label: 'Currency',
  role: 'configuration',
  table: 'company.currency',
  numbered: 'code',
  shared: true,
  fields: { code: f.code(), name: f.text(), digits: f.integer({ label: 'Places' }) },
  states: ['active'],
  list: { columns: ['code', 'name', 'digits'], search: ['code', 'name'], sort: 'code' },
  verbs: { create: { from: null, to: 'active' } },
})
