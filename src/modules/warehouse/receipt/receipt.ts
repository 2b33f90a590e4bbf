// A goods receipt: what came in, where it was put, what it is worth. Opening stock is a receipt of its own kind.
import { document, f } from '#kernel/document'

export const receipt = document('warehouse.receipt', {
  label: 'Goods receipt',
  role: 'transaction',
  table: 'warehouse.receipt',
  numbered: 'number',
  number: 'GR-{year}-{seq:6}',
  fields: {
    number: f.code(),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    supplier: f.ref('party.supplier', { column: 'supplier_id', optional: true }),
    kind: f.choice(['goods', 'opening']),
    reference: f.text({ optional: true }),
    receivedOn: f.date({ column: 'received_on' }),
  },
  lines: {
    table: 'warehouse.receipt_line',
    parent: 'receipt_id',
    fields: {
      line: f.integer(),
      item: f.ref('catalog.item', { column: 'item_id' }),
      lot: f.ref('inventory.lot', { column: 'lot_id' }),
      location: f.ref('inventory.location', { column: 'location_id' }),
      quantity: f.quantity(),
      unitCost: f.price({ column: 'unit_cost', see: 'warehouse.receipt.see-cost' }),
    },
  },
  states: ['draft', 'posted', 'cancelled'],
  narrow: { warehouse: 'warehouse_id' },
  list: {
    columns: ['number', 'warehouse', 'supplier', 'receivedOn'],
    search: ['number', 'reference'],
    sort: '-number',
  },
  verbs: {
    receive: { from: null, to: 'posted' },
    draft: { from: null, to: 'draft' },
    cancel: { from: ['draft'], to: 'cancelled', reason: 'required' },
    post: { from: ['draft'], to: 'posted' },
  },
})
