// A case for the steward: somebody proposed looks like somebody we know. Are they one?
import { document, f } from '#kernel/document'

export const duplicate = document('party.duplicate', {
  label: 'Suspected duplicate',
  role: 'transaction',
  table: 'party.duplicate',
  numbered: 'code',
  fields: {
    code: f.code({ label: 'Proposed as' }),
    proposed: f.ref('party.customer', { column: 'proposed_id' }),
    resembles: f.ref('party.customer', { column: 'resembles_id' }),
    score: f.quantity({ label: 'Likeness, 0 to 1' }),
    evidence: f.json(),
    channel: f.text(),
    note: f.text(),
  },
  states: ['open', 'same', 'different'],
  list: { columns: ['code', 'score', 'evidence', 'channel'], search: ['code'], sort: '-score' },
  verbs: {
    raise: { from: null, to: 'open' },
    same: { from: ['open'], to: 'same' },
    different: { from: ['open'], to: 'different', reason: 'required' },
  },
})
