// A ring of an upgrade: the sites that may follow a release together, after those of the rings before have proven it.
import { document, f } from '#kernel/document'

export const ring = document('rollout.ring', {
  label: 'Release ring',
  role: 'master',
  table: 'rollout.ring',
  numbered: 'number',
  shared: true,
  fields: {
    number: f.code(),
    release: f.ref('rollout.release', { column: 'release_id' }),
    plan: f.integer({ label: 'Plan of the release' }),
    ring: f.integer(),
    name: f.text(),
    codes: f.text({ label: 'Sites' }),
    sites: f.json({ label: 'Why they are here' }),
    quietDays: f.integer({ column: 'quiet_days', label: 'Days without new drift' }),
    plannedBy: f.ref('access.account', { column: 'planned_by', label: 'Planned by' }),
    openedBy: f.ref('access.account', { column: 'opened_by', label: 'Opened by', optional: true }),
    openedAt: f.instant({ column: 'opened_at', label: 'Opened', optional: true }),
    proof: f.json({ optional: true }),
  },
  states: ['planned', 'open', 'withdrawn'],
  list: {
    columns: ['number', 'release', 'name', 'codes', 'state', 'quietDays', 'openedAt'],
    search: ['number', 'name', 'codes'],
    sort: 'number',
  },
  verbs: {
    plan: { from: null, to: ['planned', 'open'] },
    replan: { from: null, to: 'planned', reason: 'required' },
    open: { from: ['planned'], to: 'open' },
    withdraw: { from: ['planned', 'open'], to: 'withdrawn', reason: 'required' },
  },
})
