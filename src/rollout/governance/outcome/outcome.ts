// An outcome of the programme: what it is for, from where to where until when, and the figure that tells (GOV-11).
import { document, f } from '#kernel/document'

export const KINDS = ['service', 'control', 'productivity'] as const

export const outcome = document('rollout.outcome', {
  label: 'Programme outcome',
  role: 'transaction',
  table: 'rollout.outcome',
  numbered: 'number',
  number: 'OUT-{year}-{seq:4}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id', optional: true }),
    kind: f.choice(KINDS),
    title: f.text(),
    seat: f.code({ label: 'Owner' }),
    measure: f.text(),
    unit: f.text(),
    baseline: f.quantity(),
    target: f.quantity(),
    agreedOn: f.date({ column: 'agreed_on', label: 'Agreed' }),
    dueOn: f.date({ column: 'due_on', label: 'Due' }),
    reached: f.quantity({ optional: true }),
    conclusion: f.text({ optional: true }),
  },
  states: ['agreed', 'concluded'],
  list: {
    columns: ['number', 'site', 'kind', 'title', 'baseline', 'target', 'dueOn', 'reached'],
    search: ['number', 'title', 'measure'],
    sort: 'number',
  },
  verbs: {
    agree: { from: null, to: 'agreed' },
    revise: { from: ['agreed'], to: 'agreed', reason: 'required' },
    conclude: { from: ['agreed'], to: 'concluded' },
  },
})
