// A shipment: what leaves one warehouse for one order, from the pick list to the truck.
import { document, f } from '#kernel/document'

export const shipment = document('warehouse.shipment', {
  label: 'Shipment',
  role: 'transaction',
  table: 'warehouse.shipment',
  numbered: 'number',
  number: 'SH-{year}-{seq:6}',
  fields: {
    number: f.code(),
    order: f.ref('sales.order', { column: 'order_id' }),
    customer: f.ref('party.customer', { column: 'customer_id' }),
    shipTo: f.ref('party.ship-to', { column: 'ship_to_id', optional: true }),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    steps: f.integer({ label: 'Outbound steps' }),
    shippedOn: f.date({ column: 'shipped_on', optional: true }),
    carrier: f.text({ optional: true }),
    tracking: f.text({ optional: true }),
    parcels: f.integer({ optional: true }),
    weightGrams: f.quantity({ column: 'weight_grams', optional: true, label: 'Weight (g)' }),
  },
  lines: {
    table: 'warehouse.shipment_line',
    parent: 'shipment_id',
    fields: {
      line: f.integer(),
      orderLine: f.ref('sales.order-line', { column: 'order_line_id' }),
      item: f.ref('catalog.item', { column: 'item_id' }),
      lot: f.ref('inventory.lot', { column: 'lot_id' }),
      location: f.ref('inventory.location', { column: 'location_id' }),
      quantity: f.quantity(),
      picked: f.quantity(),
      short: f.quantity(),
      shortReason: f.text({ column: 'short_reason', optional: true }),
    },
  },
  states: ['released', 'picked', 'packed', 'shipped', 'cancelled'],
  narrow: { warehouse: 'warehouse_id' },
  list: {
    columns: ['number', 'order', 'customer', 'warehouse', 'shippedOn'],
    search: ['number', 'tracking'],
    sort: '-number',
  },
  verbs: {
    release: { from: null, to: 'released' },
    // Partial picks and short picks with other bins to go to leave it released; when nothing was found, nothing goes.
    pick: { from: ['released'], to: ['released', 'picked', 'cancelled'] },
    pack: { from: ['picked'], to: 'packed' },
    ship: { from: ['released', 'picked', 'packed'], to: 'shipped' },
    // After its order was changed: the list follows what is still promised.
    adjust: { from: ['released', 'picked', 'packed'], to: ['released', 'picked', 'packed', 'cancelled'] },
    'put-back': {
      from: ['released', 'picked', 'packed', 'shipped', 'cancelled'],
      to: ['released', 'picked', 'packed', 'shipped', 'cancelled'],
    },
    cancel: { from: ['released', 'picked', 'packed'], to: 'cancelled', reason: 'required' },
  },
})
