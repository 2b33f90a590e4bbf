// A check of the books: who asked for it, how far it is, and what it found; the live page of invariants shows the newest.
import { document, f } from '#kernel/document'

export const check = document('insight.check', {
  label: 'Consistency check',
  role: 'transaction',
  table: 'insight.check',
  numbered: 'number',
  number: 'CC-{year}-{seq:6}',
  fields: {
    number: f.code(),
    done: f.integer(),
    total: f.integer(),
    atWork: f.text({ column: 'at_work', label: 'At work', optional: true }),
    finishedAt: f.instant({ column: 'finished_at', label: 'Finished', optional: true }),
    sound: f.boolean({ column: 'holds', label: 'Everything holds', optional: true }),
    breaches: f.integer(),
    results: f.json(),
    examples: f.json({ see: 'insight.check.see-examples' }),
    head: f.json({ label: 'Audit log', optional: true }),
  },
  states: ['started'],
  list: {
    columns: ['number', 'finishedAt', 'sound', 'breaches', 'done', 'total'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    start: { from: null, to: 'started' },
  },
})
