// A person at a customer or a supplier, as one company knows him.
import { document, f } from '#kernel/document'

export const contact = document('party.contact', {
  label: 'Contact',
  role: 'master',
  table: 'party.contact',
  numbered: 'name',
  fields: {
    party: f.ref('party.customer', { column: 'party_id', label: 'Customer or supplier' }),
    name: f.text(),
    role: f.text(),
    email: f.text({ optional: true }),
    phone: f.text({ optional: true }),
  },
  states: ['active', 'removed'],
  editableIn: ['active'],
  list: { columns: ['name', 'party', 'role', 'email', 'phone'], search: ['name', 'email'], sort: 'name' },
  verbs: {
    add: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    remove: { from: ['active'], to: 'removed' },
  },
})
