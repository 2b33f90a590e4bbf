// Another name of an item: on its package, in a customer's or supplier's books, from its maker, or from our own past.
import { document, f } from '#kernel/document'

export const SCOPES = ['gtin', 'customer', 'supplier', 'manufacturer', 'legacy'] as const

export const crossReference = document('catalog.cross-reference', {
  label: 'Cross-reference',
  role: 'master',
  table: 'catalog.cross_reference',
  numbered: 'code',
  shared: true,
  fields: {
    scope: f.choice(SCOPES),
    party: f.ref('party.customer', { column: 'party_id', optional: true }),
    code: f.code(),
    item: f.ref('catalog.item', { column: 'item_id' }),
    unit: f.code({ optional: true }),
  },
  states: ['active', 'removed'],
  list: { columns: ['code', 'scope', 'item', 'unit', 'party'], search: ['code'], sort: 'code' },
  verbs: {
    add: { from: null, to: 'active' },
    remove: { from: ['active'], to: 'removed' },
  },
})
