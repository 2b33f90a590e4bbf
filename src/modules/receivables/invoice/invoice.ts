// An invoice: what a customer owes for what was shipped. Its legal number is taken at issue and it never changes after.
import { document, f } from '#kernel/document'

export const invoice = document('receivables.invoice', {
  label: 'Invoice',
  role: 'transaction',
  table: 'receivables.invoice',
  numbered: 'number',
  fields: {
    number: f.code({ optional: true }),
    kind: f.choice(['invoice', 'credit-note']),
    customer: f.ref('party.customer', { column: 'customer_id' }),
    order: f.ref('sales.order', { column: 'order_id', optional: true }),
    corrects: f.ref('receivables.invoice', { column: 'corrects_id', optional: true }),
    currency: f.code(),
    issuedOn: f.date({ column: 'issued_on', optional: true }),
    dueOn: f.date({ column: 'due_on', optional: true }),
    net: f.money(),
    tax: f.money(),
    total: f.money(),
    open: f.money(),
    reason: f.text({ optional: true }),
  },
  lines: {
    table: 'receivables.invoice_line',
    parent: 'invoice_id',
    fields: {
      line: f.integer(),
      orderLine: f.ref('sales.order-line', { column: 'order_line_id', optional: true }),
      item: f.ref('catalog.item', { column: 'item_id', optional: true }),
      description: f.text(),
      quantity: f.quantity({ label: 'Quantity (base unit)' }),
      unit: f.code(),
      price: f.price(),
      net: f.money(),
      taxCode: f.code({ column: 'tax_code' }),
      taxRate: f.percent({ column: 'tax_rate', fraction: true }),
      cost: f.money({ see: 'sales.order.see-margin' }),
    },
  },
  states: ['issued'],
  alsoShows: ['draft', 'cancelled'],
  narrow: { amount: 'base_total' },
  list: {
    columns: ['number', 'kind', 'customer', 'issuedOn', 'dueOn', 'total', 'open', 'currency'],
    search: ['number'],
    sort: '-issuedOn',
  },
  verbs: {
    issue: { from: null, to: 'issued' },
    'issue-period': { from: null, to: 'issued' },
    credit: { from: ['issued'], to: 'issued', reason: 'required' },
  },
})
