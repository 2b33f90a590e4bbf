// A merge: which customer or supplier was given up for which, until when that can be undone, and how much came over.
import { document, f } from '#kernel/document'

export const KINDS = ['customer', 'supplier'] as const

export const merge = document('stewardship.merge', {
  label: 'Merge',
  role: 'transaction',
  table: 'stewardship.merge',
  numbered: 'number',
  number: 'MG-{year}-{seq:6}',
  fields: {
    number: f.code(),
    kind: f.choice(KINDS),
    fromCode: f.code({ column: 'from_code', label: 'Given up' }),
    intoCode: f.code({ column: 'into_code', label: 'Stays' }),
    mergedOn: f.date({ column: 'merged_on' }),
    undoUntil: f.date({ column: 'undo_until', label: 'Can be undone until' }),
    moved: f.json({ label: 'What came over' }),
  },
  states: ['merged', 'undone'],
  list: {
    columns: ['number', 'kind', 'fromCode', 'intoCode', 'mergedOn', 'undoUntil'],
    search: ['number', 'fromCode', 'intoCode'],
    sort: '-number',
  },
  verbs: {
    make: { from: null, to: 'merged', reason: 'required' },
    undo: { from: ['merged'], to: 'undone', reason: 'required' },
  },
})
