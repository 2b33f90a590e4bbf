// A delivery address of a customer: where goods go, by which route, when they are taken in and how they are taxed.
import { document, f } from '#kernel/document'

export const shipTo = document('party.ship-to', {
  label: 'Delivery address',
  role: 'master',
  table: 'party.ship_to',
  numbered: 'code',
  fields: {
    customer: f.ref('party.customer', { column: 'customer_id' }),
    code: f.code(),
    name: f.text(),
    street: f.text({ optional: true }),
    city: f.text({ optional: true }),
    postcode: f.text({ optional: true }),
    country: f.code(),
    gln: f.code({ optional: true, label: 'GLN' }),
    taxPosition: f.code({ column: 'tax_position', optional: true }),
    transitDays: f.integer({ column: 'transit_days' }),
    route: f.code({ optional: true }),
    carrier: f.code({ optional: true }),
    opensAt: f.text({ column: 'opens_at', optional: true }),
    closesAt: f.text({ column: 'closes_at', optional: true }),
    receivingNote: f.text({ column: 'receiving_note' }),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: {
    columns: ['customer', 'code', 'name', 'city', 'country', 'route'],
    search: ['code', 'name', 'city'],
    sort: 'code',
  },
  verbs: {
    add: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
    reopen: { from: ['closed'], to: 'active' },
  },
})
