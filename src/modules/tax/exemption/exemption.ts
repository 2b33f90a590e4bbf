// A certificate by which a customer is taxed otherwise, on the days that it is valid.
import { document, f } from '#kernel/document'

export const exemption = document('tax.exemption', {
  label: 'Exemption certificate',
  role: 'master',
  table: 'tax.exemption',
  numbered: 'certificate',
  fields: {
    customer: f.ref('party.customer', { column: 'customer_id' }),
    certificate: f.code(),
    valid: f.text({ label: 'Valid' }),
    code: f.code({ label: 'Tax code' }),
  },
  states: ['active', 'withdrawn'],
  list: { columns: ['customer', 'certificate', 'valid', 'code'], search: ['certificate'], sort: 'certificate' },
  verbs: {
    record: { from: null, to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
