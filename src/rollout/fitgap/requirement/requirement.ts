// A requirement of a site: what is needed, what of the product answers it, by which road, on which evidence, and who decided (FIT-01, FIT-02).
import { document, f } from '#kernel/document'

/** The one scheme by which requirements are answered. */
export const ANSWERS = ['adopt', 'configure', 'process-change', 'extend', 'integrate', 'customise', 'defer'] as const
export const CAUSES = ['functional', 'data', 'governance', 'policy'] as const
export const IMPACTS = ['none', 'low', 'medium', 'high'] as const

export const requirement = document('rollout.requirement', {
  label: 'Requirement',
  role: 'transaction',
  table: 'rollout.requirement',
  numbered: 'number',
  number: 'REQ-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    topic: f.text(),
    title: f.text(),
    detail: f.text(),
    area: f.code(),
    capability: f.code({ optional: true }),
    scenario: f.text({ optional: true }),
    answer: f.choice(ANSWERS, { optional: true }),
    cause: f.choice(CAUSES, { optional: true }),
    evidence: f.text({ optional: true }),
    businessValue: f.integer({ column: 'business_value', label: 'Value', optional: true }),
    effort: f.quantity({ label: 'Effort in days', optional: true }),
    controlImpact: f.choice(IMPACTS, { column: 'control_impact', label: 'Control impact', optional: true }),
    repeatability: f.integer({ optional: true }),
    tried: f.json({ optional: true }),
    decidedBy: f.ref('access.account', { column: 'decided_by', label: 'Decided by', optional: true }),
    decision: f.ref('rollout.decision', { column: 'decision_id', optional: true }),
    deviation: f.ref('rollout.deviation', { column: 'deviation_id', optional: true }),
    inBaseline: f.boolean({ column: 'in_baseline', label: 'In the signed scope' }),
    changeRequest: f.ref('rollout.change-request', {
      column: 'change_request_id',
      label: 'Change request',
      optional: true,
    }),
    raisedBy: f.ref('access.account', { column: 'raised_by', label: 'Raised by' }),
  },
  states: ['open', 'classified', 'dropped'],
  list: {
    columns: ['number', 'site', 'area', 'title', 'answer', 'capability', 'inBaseline'],
    search: ['number', 'title', 'topic'],
    sort: 'number',
  },
  verbs: {
    raise: { from: null, to: 'open' },
    generate: { from: null, to: 'open' },
    classify: { from: ['open', 'classified'], to: 'classified' },
    reuse: { from: ['open'], to: 'classified' },
    drop: { from: ['open', 'classified'], to: 'dropped', reason: 'required' },
  },
})
