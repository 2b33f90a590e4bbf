// A node of the one taxonomy of the enterprise, with the rules by which its items are coded (MDM-07, MDM-08).
import { document, f } from '#kernel/document'

export const category = document('catalog.category', {
  label: 'Category',
  role: 'configuration',
  table: 'catalog.category',
  numbered: 'code',
  shared: true,
  fields: {
    code: f.code(),
    name: f.text(),
    parent: f.ref('catalog.category', { column: 'parent_id', optional: true }),
    codePattern: f.text({ column: 'code_pattern', optional: true, label: 'Pattern of item codes' }),
    mandatoryAttributes: f.json({ column: 'mandatory_attributes' }),
  },
  states: ['active', 'retired'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'parent', 'codePattern'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    retire: { from: ['active'], to: 'retired', reason: 'required' },
  },
})
