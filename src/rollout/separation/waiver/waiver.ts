// A waiver: somebody may hold both sides of a pair for a time, because something else watches over it. It opens one pair and no other.
import { document, f } from '#kernel/document'

export const waiver = document('rollout.access-waiver', {
  label: 'Waiver of a separation rule',
  role: 'transaction',
  table: 'rollout.access_waiver',
  numbered: 'number',
  number: 'AW-{year}-{seq:6}',
  fields: {
    number: f.code(),
    separation: f.code({ label: 'Rule' }),
    account: f.ref('access.account', { column: 'account_id', label: 'For' }),
    control: f.text({ label: 'Control in its place' }),
    owner: f.code({ label: 'Owned by role' }),
    sameDocument: f.boolean({ column: 'same_document', label: 'Also on one document' }),
    expiresOn: f.date({ column: 'expires_on', label: 'Until' }),
    request: f.ref('rollout.access-request', { column: 'request_id', optional: true }),
    reason: f.text(),
    requestedBy: f.ref('access.account', { column: 'requested_by', label: 'Asked by' }),
    decidedBy: f.ref('access.account', { column: 'decided_by', optional: true, label: 'Decided by' }),
    decidedAt: f.instant({ column: 'decided_at', optional: true, label: 'Decided' }),
    decisionReason: f.text({ column: 'decision_reason', optional: true, label: 'Why' }),
  },
  states: ['asked', 'agreed', 'refused', 'ended'],
  list: {
    columns: ['number', 'separation', 'account', 'owner', 'expiresOn', 'sameDocument'],
    search: ['number', 'separation'],
    sort: '-number',
  },
  verbs: {
    ask: { from: null, to: 'asked', reason: 'required' },
    agree: { from: ['asked'], to: 'agreed' },
    refuse: { from: ['asked'], to: 'refused', reason: 'required' },
    end: { from: ['asked', 'agreed'], to: 'ended', reason: 'required' },
  },
})
