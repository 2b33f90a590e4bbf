// A journal entry: what happened, in debits and credits that balance. Entries are facts; they are reversed, never changed.
import { document, f } from '#kernel/document'

export const entry = document('ledger.entry', {
  label: 'Journal entry',
  role: 'transaction',
  table: 'ledger.entry',
  numbered: 'number',
  fields: {
    number: f.code(),
    journal: f.code(),
    event: f.text(),
    postingDate: f.date({ column: 'posting_date' }),
    source: f.text(),
    sourceId: f.text({ column: 'source_id' }),
    description: f.text(),
    reverses: f.ref('ledger.entry', { column: 'reverses_id', optional: true }),
    postedAt: f.instant({ column: 'posted_at' }),
  },
  lines: {
    table: 'ledger.v_journal_line',
    parent: 'entry_id',
    fields: {
      line: f.integer(),
      account: f.code(),
      party: f.ref('party.party', { column: 'party_id', optional: true }),
      warehouse: f.ref('company.warehouse', { column: 'warehouse_id', optional: true }),
      debit: f.money(),
      credit: f.money(),
      currency: f.code(),
      amountCurrency: f.money({ column: 'amount_currency' }),
      description: f.text(),
    },
  },
  states: ['draft', 'posted'],
  list: {
    columns: ['number', 'journal', 'postingDate', 'source', 'description'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    draft: { from: null, to: 'draft' },
    post: { from: null, to: 'posted' },
    reverse: { from: null, to: 'posted', reason: 'required' },
  },
})
