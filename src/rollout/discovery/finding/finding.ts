// A detour or a gap of a site's work: a workaround, a spreadsheet, a bottleneck, a missing report, an issue, and what becomes of it (DIS-03).
import { document, f } from '#kernel/document'

export const KINDS = ['workaround', 'spreadsheet', 'bottleneck', 'reporting-gap', 'issue'] as const
export const FREQUENCIES = ['daily', 'weekly', 'monthly', 'yearly', 'seldom'] as const
export const DISPOSITIONS = ['template-covers', 'process-change', 'requirement', 'accept'] as const

export const finding = document('rollout.finding', {
  label: 'Finding',
  role: 'transaction',
  table: 'rollout.finding',
  numbered: 'number',
  number: 'FND-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    kind: f.choice(KINDS),
    title: f.text(),
    detail: f.text(),
    frequency: f.choice(FREQUENCIES),
    risk: f.choice(['low', 'medium', 'high']),
    disposition: f.choice(DISPOSITIONS, { optional: true }),
    note: f.text({ optional: true }),
  },
  states: ['open', 'decided', 'dropped'],
  list: {
    columns: ['number', 'site', 'kind', 'title', 'frequency', 'risk', 'disposition'],
    search: ['number', 'title'],
    sort: '-number',
  },
  verbs: {
    note: { from: null, to: 'open' },
    dispose: { from: ['open', 'decided'], to: 'decided' },
    drop: { from: ['open'], to: 'dropped', reason: 'required' },
  },
})
