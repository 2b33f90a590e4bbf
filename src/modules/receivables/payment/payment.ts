// A payment: money received from a customer, applied to invoices or left on account.
import { document, f } from '#kernel/document'

export const payment = document('receivables.payment', {
  label: 'Payment',
  role: 'transaction',
  table: 'receivables.payment',
  numbered: 'number',
  number: 'PAY-{year}-{seq:6}',
  fields: {
    number: f.code(),
    kind: f.choice(['payment', 'deposit']),
    customer: f.ref('party.customer', { column: 'customer_id' }),
    order: f.ref('sales.order', { column: 'order_id', optional: true }),
    receivedOn: f.date({ column: 'received_on' }),
    currency: f.code(),
    amount: f.money(),
    unapplied: f.money(),
    method: f.text(),
    reference: f.text({ optional: true }),
    reversedOn: f.date({ column: 'reversed_on', optional: true }),
  },
  states: ['posted', 'reversed'],
  narrow: { amount: 'base_amount' },
  list: {
    columns: ['number', 'customer', 'receivedOn', 'amount', 'unapplied', 'currency', 'method'],
    search: ['number', 'reference'],
    sort: '-receivedOn',
  },
  verbs: {
    receive: { from: null, to: 'posted' },
    apply: { from: ['posted'], to: 'posted' },
    unapply: { from: ['posted'], to: 'posted', reason: 'required' },
    reverse: { from: ['posted'], to: 'reversed', reason: 'required' },
  },
})
