// An ad-hoc move of goods between two places of one warehouse, with its reason.
import { document, f } from '#kernel/document'

export const movement = document('inventory.move', {
  label: 'Stock move',
  role: 'transaction',
  table: 'inventory.relocation',
  numbered: 'number',
  number: 'MV-{year}-{seq:6}',
  fields: {
    number: f.code(),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    reason: f.text(),
    movedOn: f.date({ column: 'moved_on' }),
  },
  lines: {
    table: 'inventory.v_move',
    parent: 'source_id',
    fields: {
      item: f.ref('catalog.item', { column: 'item_id' }),
      lot: f.ref('inventory.lot', { column: 'lot_id' }),
      from: f.ref('inventory.location', { column: 'from_id' }),
      to: f.ref('inventory.location', { column: 'to_id' }),
      quantity: f.quantity(),
    },
  },
  states: ['recorded'],
  narrow: { warehouse: 'warehouse_id' },
  list: { columns: ['number', 'warehouse', 'reason', 'movedOn'], search: ['number'], sort: '-number' },
  verbs: { record: { from: null, to: 'recorded' } },
})
