// An item: what is sold, bought, stocked or done, the same for every company of the enterprise.
import { document, f } from '#kernel/document'

export const KINDS = ['stock', 'service', 'kit'] as const
export const CLASSES = ['A', 'B', 'C'] as const
export const TRACKINGS = ['none', 'lot', 'serial'] as const
export const COSTINGS = ['average', 'fifo'] as const

export const item = document('catalog.item', {
  label: 'Item',
  role: 'master',
  table: 'catalog.item',
  numbered: 'code',
  shared: true,
  fields: {
    code: f.code(),
    name: f.text(),
    kind: f.choice(KINDS),
    category: f.ref('catalog.category', { column: 'category_id', optional: true }),
    class: f.choice(CLASSES),
    baseUnit: f.code({ column: 'base_unit' }),
    salesUnit: f.code({ column: 'sales_unit' }),
    purchaseUnit: f.code({ column: 'purchase_unit', optional: true }),
    priceUnit: f.code({ column: 'price_unit', optional: true }),
    packUnit: f.code({ column: 'pack_unit', optional: true }),
    tracking: f.choice(TRACKINGS),
    costing: f.choice(COSTINGS),
    taxClass: f.code({ column: 'tax_class' }),
    standardCost: f.price({ column: 'standard_cost', see: 'catalog.item.see-cost' }),
    weightGrams: f.quantity({ column: 'weight_grams' }),
    attributes: f.json(),
    search: f.text({ label: 'Code and name', optional: true }),
    successor: f.ref('catalog.item', { column: 'successor_id', optional: true }),
  },
  lines: {
    table: 'catalog.item_unit',
    parent: 'item_id',
    fields: { unit: f.code(), num: f.quantity(), den: f.quantity() },
  },
  states: ['draft', 'active', 'obsolete', 'inactive'],
  editableIn: ['draft', 'active', 'obsolete'],
  list: { columns: ['code', 'name', 'category', 'kind', 'baseUnit', 'class'], search: ['search'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'draft' },
    successor: { from: null, to: 'draft' },
    activate: { from: ['draft', 'obsolete', 'inactive'], to: 'active' },
    change: { from: ['draft', 'active', 'obsolete'], to: ['draft', 'active', 'obsolete'] },
    'set-units': { from: ['draft', 'active', 'obsolete'], to: ['draft', 'active', 'obsolete'] },
    'make-obsolete': { from: ['active'], to: 'obsolete' },
    deactivate: { from: ['draft', 'active', 'obsolete'], to: 'inactive', reason: 'required' },
  },
})
