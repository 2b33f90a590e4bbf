// A unit of measure, defined once for everybody.
import { document, f } from '#kernel/document'

export const unit = document('catalog.unit', {
  label: 'Unit',
  role: 'configuration',
  table: 'catalog.unit',
  numbered: 'code',
  shared: true,
  fields: { code: f.code(), name: f.text(), dimension: f.code(), whole: f.boolean({ label: 'Whole numbers only' }) },
  states: ['active'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'dimension', 'whole'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
  },
})
