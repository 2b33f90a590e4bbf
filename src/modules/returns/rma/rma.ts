// A return: what a customer may send back, what came, what became of it, and that it was credited.
import { document, f } from '#kernel/document'

export const rma = document('returns.rma', {
  label: 'Return',
  role: 'transaction',
  table: 'returns.rma',
  numbered: 'number',
  number: 'RM-{year}-{seq:6}',
  fields: {
    number: f.code(),
    customer: f.ref('party.customer', { column: 'customer_id' }),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    reason: f.code({ column: 'reason_code' }),
    note: f.text(),
    authorisedOn: f.date({ column: 'authorised_on', optional: true }),
  },
  lines: {
    table: 'returns.rma_line',
    parent: 'rma_id',
    fields: {
      line: f.integer(),
      orderLine: f.ref('sales.order-line', { column: 'order_line_id', optional: true }),
      item: f.ref('catalog.item', { column: 'item_id' }),
      lot: f.ref('inventory.lot', { column: 'lot_id' }),
      description: f.text(),
      quantity: f.quantity({ label: 'Authorised (base unit)' }),
      price: f.price(),
      unitCost: f.price({ column: 'unit_cost', see: 'sales.order.see-margin' }),
      received: f.quantity(),
      restocked: f.quantity(),
      quarantined: f.quantity(),
      scrapped: f.quantity(),
      rejected: f.quantity(),
      credited: f.quantity(),
    },
  },
  states: ['authorised', 'received', 'credited', 'cancelled'],
  narrow: { warehouse: 'warehouse_id' },
  list: { columns: ['number', 'customer', 'warehouse', 'reason', 'authorisedOn'], search: ['number'], sort: '-number' },
  verbs: {
    authorise: { from: null, to: 'authorised' },
    receive: { from: ['authorised', 'received'], to: 'received' },
    inspect: { from: ['received'], to: 'received' },
    // Stays received while its credit note waits for an approval; crediting again then issues it.
    credit: { from: ['received'], to: ['credited', 'received'] },
    cancel: { from: ['authorised'], to: 'cancelled', reason: 'required' },
  },
})
