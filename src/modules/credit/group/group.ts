// A credit group: sisters who share one limit beside their own.
import { document, f } from '#kernel/document'

export const group = document('credit.group', {
  label: 'Credit group',
  role: 'master',
  table: 'credit.group_limit',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    currency: f.code({ optional: true }),
    limit: f.money({ column: 'credit_limit' }),
  },
  states: ['active'],
  editableIn: ['active'],
  narrow: { amount: 'credit_limit' },
  list: { columns: ['code', 'name', 'currency', 'limit'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    'propose-limit': { from: ['active'], to: 'active', reason: 'required' },
    'change-limit': { from: ['active'], to: 'active', reason: 'required' },
  },
})
