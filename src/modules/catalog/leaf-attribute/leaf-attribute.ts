// What a site adds to a leaf of the taxonomy for itself (MDM-08).
import { document, f } from '#kernel/document'

export const leafAttribute = document('catalog.leaf-attribute', {
  label: 'Local attribute',
  role: 'configuration',
  table: 'catalog.leaf_attribute',
  numbered: 'attribute',
  fields: { category: f.ref('catalog.category', { column: 'category_id' }), attribute: f.code() },
  states: ['active', 'removed'],
  list: { columns: ['category', 'attribute'], search: ['attribute'], sort: 'attribute' },
  verbs: {
    add: { from: null, to: 'active' },
    remove: { from: ['active'], to: 'removed' },
  },
})
