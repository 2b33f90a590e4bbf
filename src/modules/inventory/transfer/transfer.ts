// A transfer: goods leave one warehouse, are on the road, and arrive in another; what does not arrive stays visible.
import { document, f } from '#kernel/document'

export const transfer = document('inventory.transfer', {
  label: 'Stock transfer',
  role: 'transaction',
  table: 'inventory.transfer',
  numbered: 'number',
  number: 'TR-{year}-{seq:6}',
  fields: {
    number: f.code(),
    from: f.ref('company.warehouse', { column: 'from_warehouse_id' }),
    to: f.ref('company.warehouse', { column: 'to_warehouse_id' }),
    dueOn: f.date({ column: 'due_on', optional: true }),
    sentOn: f.date({ column: 'sent_on', optional: true }),
    receivedOn: f.date({ column: 'received_on', optional: true }),
    note: f.text(),
  },
  lines: {
    table: 'inventory.transfer_line',
    parent: 'transfer_id',
    fields: {
      line: f.integer(),
      item: f.ref('catalog.item', { column: 'item_id' }),
      quantity: f.quantity(),
      received: f.quantity(),
      value: f.money({ optional: true, see: 'inventory.balance.see-value' }),
    },
  },
  states: ['draft', 'in-transit', 'received', 'short', 'cancelled'],
  list: { columns: ['number', 'from', 'to', 'dueOn', 'sentOn'], search: ['number'], sort: '-number' },
  verbs: {
    draft: { from: null, to: 'draft' },
    ship: { from: ['draft'], to: 'in-transit' },
    receive: { from: ['in-transit', 'short'], to: ['received', 'short'] },
    'write-off': { from: ['short'], to: 'received', reason: 'required' },
    cancel: { from: ['draft'], to: 'cancelled', reason: 'required' },
  },
})
