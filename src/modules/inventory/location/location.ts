// A place where goods lie: a bin, the packing table, the dock, quarantine.
import { document, f } from '#kernel/document'

export const location = document('inventory.location', {
  label: 'Location',
  role: 'configuration',
  table: 'inventory.location',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id', optional: true }),
    kind: f.choice([
      'stock',
      'pack',
      'dock',
      'quarantine',
      'transit',
      'supplier',
      'customer',
      'adjustment',
      'scrap',
      'opening',
    ]),
    pickSequence: f.integer({ column: 'pick_sequence', label: 'Place in the walk' }),
  },
  states: ['active', 'blocked', 'closed'],
  narrow: { warehouse: 'warehouse_id' },
  list: { columns: ['code', 'name', 'warehouse', 'kind', 'pickSequence'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    block: { from: ['active'], to: 'blocked', reason: 'required' },
    unblock: { from: ['blocked'], to: 'active' },
    close: { from: ['active', 'blocked'], to: 'closed', reason: 'required' },
  },
})
