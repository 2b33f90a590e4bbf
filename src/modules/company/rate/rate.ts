// An exchange rate: what one unit of a currency is worth in the company's own on a day, and who says so.
import { document, f } from '#kernel/document'

export const rate = document('company.currency-rate', {
  label: 'Exchange rate',
  role: 'master',
  table: 'company.rate',
  numbered: 'currency',
  fields: {
    currency: f.code(),
    validOn: f.date({ column: 'valid_on' }),
    rate: f.price({ label: 'Worth in our currency' }),
    source: f.text(),
  },
  states: ['recorded'],
  list: { columns: ['currency', 'validOn', 'rate', 'source'], search: ['currency', 'source'], sort: '-validOn' },
  verbs: {
    record: { from: null, to: 'recorded' },
    correct: { from: ['recorded'], to: 'recorded', reason: 'required' },
  },
})
