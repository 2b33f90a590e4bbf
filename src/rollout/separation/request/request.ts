// A request for access: who is to get which role where and until when, what it would clash with, and who decided.
import { document, f } from '#kernel/document'

export const request = document('rollout.access-request', {
  label: 'Request for access',
  role: 'transaction',
  table: 'rollout.access_request',
  numbered: 'number',
  number: 'AR-{year}-{seq:6}',
  fields: {
    number: f.code(),
    account: f.ref('access.account', { column: 'account_id', label: 'For' }),
    role: f.code(),
    everywhere: f.boolean({ label: 'In every company' }),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id', optional: true }),
    upTo: f.money({ column: 'up_to', optional: true, label: 'Up to' }),
    startsOn: f.date({ column: 'starts_on', optional: true, label: 'From' }),
    endsOn: f.date({ column: 'ends_on', label: 'Until' }),
    approver: f.code({ label: 'Decided by role' }),
    reason: f.text(),
    requestedBy: f.ref('access.account', { column: 'requested_by', label: 'Asked by' }),
    clashes: f.json(),
    decidedBy: f.ref('access.account', { column: 'decided_by', optional: true, label: 'Decided by' }),
    decidedAt: f.instant({ column: 'decided_at', optional: true, label: 'Decided' }),
    decisionReason: f.text({ column: 'decision_reason', optional: true, label: 'Why' }),
    grantedUntil: f.date({ column: 'granted_until', optional: true, label: 'Given until' }),
  },
  states: ['asked', 'needs-waiver', 'granted', 'refused', 'withdrawn'],
  list: {
    columns: ['number', 'account', 'role', 'endsOn', 'approver', 'requestedBy'],
    search: ['number', 'role'],
    sort: '-number',
  },
  verbs: {
    ask: { from: null, to: ['asked', 'needs-waiver'], reason: 'required' },
    recheck: { from: ['asked', 'needs-waiver'], to: ['asked', 'needs-waiver'] },
    approve: { from: ['asked', 'needs-waiver'], to: 'granted' },
    refuse: { from: ['asked', 'needs-waiver'], to: 'refused', reason: 'required' },
    withdraw: { from: ['asked', 'needs-waiver'], to: 'withdrawn' },
  },
})
