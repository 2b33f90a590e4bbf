// A plan: what will change at a site and why, as people read it before anything changes; approved by one, applied once.
import { document, f } from '#kernel/document'

export const plan = document('rollout.plan', {
  label: 'Plan',
  role: 'transaction',
  table: 'rollout.plan',
  numbered: 'number',
  number: 'PLAN-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    release: f.ref('rollout.release', { column: 'release_id' }),
    parent: f.ref('rollout.plan', { column: 'parent_id', label: 'Made upon', optional: true }),
    kind: f.choice(['follow', 'revert'], { label: 'Follows the template, or takes drift back' }),
    steps: f.integer(),
    governed: f.integer({ label: 'Governed values' }),
    onTemplate: f.integer({ column: 'on_template', label: 'On the template' }),
    complete: f.boolean(),
    applyable: f.boolean({ label: 'Can be applied' }),
    items: f.json({ label: 'Steps' }),
    drift: f.json(),
    kept: f.json({ label: 'Allowed differences' }),
    madeBy: f.ref('access.account', { column: 'made_by', label: 'Made by' }),
    approvedBy: f.ref('access.account', { column: 'approved_by', label: 'Approved by', optional: true }),
    clearedBy: f.ref('access.account', { column: 'cleared_by', label: 'Cleared by', optional: true }),
    clearReason: f.text({ column: 'clear_reason', label: 'Cleared because', optional: true }),
    appliedBy: f.ref('access.account', { column: 'applied_by', label: 'Applied by', optional: true }),
    appliedAt: f.instant({ column: 'applied_at', label: 'Applied', optional: true }),
  },
  states: ['made', 'approved', 'applied', 'discarded'],
  list: {
    columns: ['number', 'site', 'release', 'kind', 'steps', 'complete', 'applyable'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    make: { from: null, to: 'made' },
    approve: { from: ['made'], to: 'approved' },
    apply: { from: ['approved'], to: 'applied' },
    clear: { from: ['approved'], to: 'approved', reason: 'required', label: 'Clear as an emergency' },
    discard: { from: ['made', 'approved'], to: 'discarded', reason: 'required' },
  },
})
