// A credit note: what we take back from an invoice, for goods that came back or a price that was wrong. Its numbers are its own.
import { document, f } from '#kernel/document'

export const creditNote = document('receivables.credit-note', {
  label: 'Credit note',
  role: 'transaction',
  table: 'receivables.credit_note',
  numbered: 'number',
  fields: {
    number: f.code({ optional: true }),
    customer: f.ref('party.customer', { column: 'customer_id' }),
    corrects: f.ref('receivables.invoice', { column: 'corrects_id', optional: true }),
    return: f.ref('returns.rma', { column: 'rma_id', optional: true }),
    reinvoice: f.boolean({ label: 'To be invoiced again' }),
    currency: f.code(),
    issuedOn: f.date({ column: 'issued_on', optional: true }),
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
      item: f.ref('catalog.item', { column: 'item_id', optional: true }),
      description: f.text(),
      sold: f.quantity({ label: 'Quantity', optional: true }),
      unit: f.code(),
      price: f.price(),
      net: f.money(),
      taxCode: f.code({ column: 'tax_code' }),
      taxRate: f.percent({ column: 'tax_rate', fraction: true }),
      quantity: f.quantity({ label: 'Base quantity' }),
    },
  },
  states: ['draft', 'issued', 'cancelled'],
  narrow: { amount: 'base_total' },
  list: {
    columns: ['number', 'customer', 'corrects', 'issuedOn', 'total', 'open', 'currency'],
    search: ['number'],
    sort: '-issuedOn',
  },
  verbs: {
    draft: { from: null, to: 'draft' },
    grant: { from: null, to: ['draft', 'issued'] },
    issue: { from: ['draft'], to: 'issued', approval: 'credit-note' },
    cancel: { from: ['draft'], to: 'cancelled', reason: 'required' },
    apply: { from: ['issued'], to: 'issued' },
    unapply: { from: ['issued'], to: 'issued', reason: 'required' },
  },
})
