// A price list: prices in one currency, from which groups of customers buy.
import { document, f } from '#kernel/document'

export const list = document('pricing.list', {
  label: 'Price list',
  role: 'configuration',
  table: 'pricing.list',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    currency: f.code(),
  },
  states: ['active', 'withdrawn'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'currency'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    assign: { from: ['active'], to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
