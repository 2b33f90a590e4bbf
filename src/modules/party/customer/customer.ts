// A customer: a party's standing with one company, from the request to the last delivery.
import { document, f } from '#kernel/document'

export const CLASSES = ['key', 'standard', 'small', 'cash'] as const
export const INVOICE_POLICIES = ['shipped', 'ordered', 'monthly'] as const

export const customer = document('party.customer', {
  label: 'Customer',
  role: 'master',
  table: 'party.customer',
  numbered: 'code',
  number: 'C{seq:6}',
  fields: {
    code: f.code(),
    name: f.text(),
    group: f.code({ column: 'group_code', optional: true, label: 'Price group' }),
    class: f.choice(CLASSES),
    currency: f.code(),
    term: f.code({ label: 'Payment term' }),
    taxPosition: f.code({ column: 'tax_position' }),
    billTo: f.ref('party.customer', { column: 'bill_to', optional: true }),
    invoicePolicy: f.choice(INVOICE_POLICIES, { column: 'invoice_policy' }),
    backorderRule: f.code({ column: 'backorder_rule', optional: true }),
    minRemainingLifeDays: f.integer({ column: 'min_remaining_life_days' }),
    consentsToSubstitutes: f.boolean({ column: 'consents_to_substitutes' }),
    purchaseOrderRequired: f.boolean({ column: 'purchase_order_required' }),
    inherits: f.json({ label: 'Taken from the customer above' }),
    bankAccount: f.text({ column: 'bank_account', optional: true, see: 'party.customer.see-bank-account' }),
    note: f.text(),
  },
  states: ['proposed', 'active', 'blocked', 'inactive'],
  editableIn: ['proposed', 'active', 'blocked'],
  list: { columns: ['code', 'name', 'class', 'group', 'term', 'currency'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    request: { from: null, to: 'proposed' },
    'review-credit': { from: ['proposed'], to: 'proposed' },
    approve: { from: ['proposed'], to: 'active' },
    change: { from: ['proposed', 'active', 'blocked'], to: ['proposed', 'active', 'blocked'] },
    'change-terms': { from: ['proposed', 'active', 'blocked'], to: ['proposed', 'active', 'blocked'] },
    'change-bank': {
      from: ['proposed', 'active', 'blocked'],
      to: ['proposed', 'active', 'blocked'],
      reason: 'required',
    },
    block: { from: ['active'], to: 'blocked', reason: 'required' },
    unblock: { from: ['blocked'], to: 'active', reason: 'required' },
    deactivate: { from: ['proposed', 'active', 'blocked'], to: 'inactive', reason: 'required' },
    // Whoever was merged and is taken back by undoing that is again what he was.
    reactivate: { from: ['inactive'], to: ['proposed', 'active', 'blocked'], reason: 'required' },
  },
})
