// One evaluation of a gate at a site: every criterion with its value, threshold and evidence, and what became of the verdict (GOV-06).
import { document, f } from '#kernel/document'

export const gateRun = document('rollout.gate-run', {
  label: 'Gate run',
  role: 'transaction',
  table: 'rollout.gate_run',
  numbered: 'number',
  number: 'GATE-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    gate: f.code(),
    verdict: f.choice(['passed', 'refused']),
    criteria: f.json(),
    hash: f.text(),
    policy: f.text({ label: 'Fingerprint of the governance file' }),
    onDay: f.date({ column: 'on_day', label: 'Day' }),
    evaluatedBy: f.ref('access.account', { column: 'evaluated_by', label: 'Evaluated by' }),
    overriddenBy: f.ref('access.account', { column: 'overridden_by', label: 'Overridden by', optional: true }),
    overrideSeat: f.code({ column: 'override_seat', label: 'By the seat', optional: true }),
    overrideReason: f.text({ column: 'override_reason', label: 'Reason of the override', optional: true }),
    overriddenAt: f.instant({ column: 'overridden_at', label: 'Overridden', optional: true }),
    openedAt: f.instant({ column: 'opened_at', label: 'Opened', optional: true }),
  },
  states: ['passed', 'refused', 'overridden', 'opened'],
  list: {
    columns: ['number', 'site', 'gate', 'verdict', 'onDay', 'overriddenBy', 'openedAt'],
    search: ['number', 'gate'],
    sort: '-number',
  },
  verbs: {
    evaluate: { from: null, to: ['passed', 'refused'] },
    override: { from: ['refused'], to: 'overridden', reason: 'required' },
    open: { from: ['passed', 'overridden'], to: 'opened' },
  },
})
