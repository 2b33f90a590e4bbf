// A decision of governance: what was to be decided, which options there were, who decided by which seat, and until when it holds (GOV-04).
import { document, f } from '#kernel/document'

export const decision = document('rollout.decision', {
  label: 'Decision',
  role: 'transaction',
  table: 'rollout.decision',
  numbered: 'number',
  number: 'DCN-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id', optional: true }),
    kind: f.code(),
    area: f.code({ optional: true }),
    title: f.text(),
    context: f.text(),
    options: f.json(),
    affects: f.json({ label: 'Affected sites' }),
    dueOn: f.date({ column: 'due_on', label: 'Due' }),
    decision: f.text({ optional: true }),
    evidence: f.text({ optional: true }),
    expiresOn: f.date({ column: 'expires_on', label: 'Holds until', optional: true }),
    proposedBy: f.ref('access.account', { column: 'proposed_by', label: 'Proposed by' }),
    decidedBy: f.ref('access.account', { column: 'decided_by', label: 'Decided by', optional: true }),
    seat: f.code({ optional: true }),
    onBehalfOf: f.ref('access.account', { column: 'on_behalf_of', label: 'On behalf of', optional: true }),
    decidedOn: f.date({ column: 'decided_on', label: 'Decided', optional: true }),
  },
  states: ['open', 'escalated', 'decided', 'withdrawn'],
  list: {
    columns: ['number', 'site', 'kind', 'title', 'dueOn', 'seat', 'decidedOn'],
    search: ['number', 'title', 'decision'],
    sort: '-number',
  },
  verbs: {
    propose: { from: null, to: 'open' },
    decide: { from: ['open', 'escalated'], to: 'decided' },
    escalate: { from: ['open'], to: 'escalated', reason: 'required' },
    withdraw: { from: ['open', 'escalated'], to: 'withdrawn', reason: 'required' },
  },
})
