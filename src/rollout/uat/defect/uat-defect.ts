// A defect that a failed scenario raised: with the step, the evidence and the configuration behind it, until it is green.
import { document, f } from '#kernel/document'

export const uatDefect = document('rollout.uat-defect', {
  label: 'Acceptance defect',
  role: 'transaction',
  table: 'rollout.uat_defect',
  numbered: 'number',
  number: 'UD-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    scenario: f.code(),
    process: f.text(),
    kind: f.choice(['automatic', 'manual'], { label: 'Found' }),
    severity: f.integer(),
    title: f.text(),
    context: f.json({ label: 'What was at hand' }),
    raisedBy: f.ref('access.account', { column: 'raised_by', label: 'Raised by' }),
    closedRun: f.ref('rollout.uat-run', { column: 'closed_run_id', label: 'Green in', optional: true }),
    closedAt: f.instant({ column: 'closed_at', label: 'Closed', optional: true }),
  },
  states: ['open', 'mended', 'closed'],
  list: {
    columns: ['number', 'site', 'scenario', 'process', 'severity', 'title', 'closedAt'],
    search: ['number', 'scenario', 'title'],
    sort: '-number',
  },
  verbs: {
    raise: { from: null, to: 'open' },
    grade: { from: ['open', 'mended'], to: ['open', 'mended'] },
    mend: { from: ['open'], to: 'mended', reason: 'required' },
    reopen: { from: ['mended'], to: 'open', reason: 'required' },
    close: { from: ['open', 'mended'], to: 'closed', reason: 'required' },
  },
})
