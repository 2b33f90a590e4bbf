// A rule of tax: the position of who receives and the class of what is sold lead to a code.
import { document, f } from '#kernel/document'

export const rule = document('tax.rule', {
  label: 'Tax rule',
  role: 'configuration',
  table: 'tax.rule',
  numbered: 'position',
  fields: { position: f.code(), taxClass: f.code({ column: 'tax_class' }), code: f.code() },
  states: ['active', 'withdrawn'],
  list: { columns: ['position', 'taxClass', 'code'], search: ['position', 'taxClass', 'code'], sort: 'position' },
  verbs: {
    set: { from: null, to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
