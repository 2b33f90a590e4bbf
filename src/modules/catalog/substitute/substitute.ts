// What may be sent instead of an item, in which order, at which price, and whether the customer must agree.
import { document, f } from '#kernel/document'

/** What a substitute costs: the price of what was ordered, its own, or the lower one of the two. */
export const PRICE_RULES = ['keep', 'own', 'lower'] as const

export const substitute = document('catalog.substitute', {
  label: 'Substitute',
  role: 'master',
  table: 'catalog.substitute',
  numbered: 'rank',
  shared: true,
  fields: {
    item: f.ref('catalog.item', { column: 'item_id' }),
    substitute: f.ref('catalog.item', { column: 'substitute_id' }),
    rank: f.integer(),
    priceRule: f.choice(PRICE_RULES, { column: 'price_rule' }),
    needsConsent: f.boolean({ column: 'needs_consent' }),
    twoWay: f.boolean({ column: 'two_way' }),
  },
  states: ['active', 'removed'],
  editableIn: ['active'],
  list: { columns: ['item', 'substitute', 'rank', 'priceRule', 'needsConsent', 'twoWay'], search: [], sort: 'rank' },
  verbs: {
    add: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    remove: { from: ['active'], to: 'removed' },
  },
})
