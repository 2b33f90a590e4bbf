// A review of the rollout: due by its cadence, prepared with a pack of live data, and held with minutes (GOV-10).
import { document, f } from '#kernel/document'

export const review = document('rollout.review', {
  label: 'Rollout review',
  role: 'transaction',
  table: 'rollout.review',
  numbered: 'number',
  number: 'RVW-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    review: f.code(),
    dueOn: f.date({ column: 'due_on', label: 'Due' }),
    paper: f.ref('rollout.paper', { column: 'paper_id', label: 'Pack' }),
    paperHash: f.text({ column: 'paper_hash', label: 'SHA-256' }),
    heldOn: f.date({ column: 'held_on', label: 'Held', optional: true }),
    heldBy: f.ref('access.account', { column: 'held_by', label: 'Held by', optional: true }),
    seat: f.code({ optional: true }),
    minutes: f.text({ optional: true }),
  },
  states: ['prepared', 'concluded'],
  list: {
    columns: ['number', 'site', 'review', 'dueOn', 'paper', 'heldOn'],
    search: ['number', 'review'],
    sort: '-dueOn',
  },
  verbs: {
    prepare: { from: null, to: 'prepared' },
    conclude: { from: ['prepared'], to: 'concluded' },
  },
})
