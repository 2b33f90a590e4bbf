// A deviation: what one site may have instead of the template, with its reason, risk, owner, control and last day (TPL-06).
import { document, f } from '#kernel/document'

export const deviation = document('rollout.deviation', {
  label: 'Deviation',
  role: 'transaction',
  table: 'rollout.deviation',
  numbered: 'number',
  number: 'DEV-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    kind: f.code({ label: 'Kind of configuration' }),
    objectKey: f.text({ column: 'object_key', label: 'Object' }),
    field: f.text({ optional: true }),
    value: f.json({ label: 'Value instead' }),
    scope: f.text(),
    reason: f.text(),
    risk: f.text(),
    owner: f.text(),
    compensatingControl: f.text({ column: 'compensating_control', label: 'Compensating control' }),
    requestedBy: f.ref('access.account', { column: 'requested_by', label: 'Requested by' }),
    requestedAt: f.instant({ column: 'requested_at', label: 'Requested' }),
    approvedBy: f.ref('access.account', { column: 'approved_by', label: 'Approved by', optional: true }),
    approvedAt: f.instant({ column: 'approved_at', label: 'Approved', optional: true }),
    expiresOn: f.date({ column: 'expires_on', label: 'Expires' }),
    renews: f.ref('rollout.deviation', { optional: true }),
  },
  states: ['requested', 'approved', 'rejected', 'withdrawn'],
  list: {
    columns: ['number', 'site', 'kind', 'objectKey', 'field', 'owner', 'expiresOn'],
    search: ['number', 'kind', 'objectKey', 'reason', 'owner'],
    sort: '-number',
  },
  verbs: {
    request: { from: null, to: 'requested' },
    renew: { from: null, to: 'requested' },
    approve: { from: ['requested'], to: 'approved' },
    reject: { from: ['requested'], to: 'rejected', reason: 'required' },
    withdraw: { from: ['requested', 'approved'], to: 'withdrawn', reason: 'required' },
  },
})
