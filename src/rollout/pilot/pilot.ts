// A pilot: a site that tries the template first, measured against the figures of before, until somebody says whether the template holds (TPL-11).
import { document, f } from '#kernel/document'

export const CONCLUSIONS = ['holds', 'holds-with-changes', 'does-not-hold'] as const

export const pilot = document('rollout.pilot', {
  label: 'Pilot',
  role: 'transaction',
  table: 'rollout.pilot',
  numbered: 'number',
  number: 'PIL-{year}-{seq:4}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    baselineFrom: f.date({ column: 'baseline_from', label: 'Before, from' }),
    baselineUntil: f.date({ column: 'baseline_until', label: 'Before, until' }),
    startsOn: f.date({ column: 'starts_on', label: 'Began' }),
    endsOn: f.date({ column: 'ends_on', label: 'Ended', optional: true }),
    baseline: f.json({ label: 'Figures of before' }),
    readings: f.json({ label: 'Figures of the pilot' }),
    conclusion: f.choice(CONCLUSIONS, { optional: true }),
    lessons: f.text({ optional: true }),
  },
  states: ['running', 'ended'],
  list: {
    columns: ['number', 'site', 'startsOn', 'endsOn', 'conclusion'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    begin: { from: null, to: 'running' },
    observe: { from: ['running'], to: 'running' },
    end: { from: ['running'], to: 'ended' },
  },
})
