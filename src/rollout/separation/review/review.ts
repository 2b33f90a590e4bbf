// A review of access: every grant of a company with when it was last made use of; what nobody confirms by the last day lapses.
import { document, f } from '#kernel/document'

export const review = document('rollout.access-review', {
  label: 'Access review',
  role: 'transaction',
  table: 'rollout.access_review',
  numbered: 'number',
  number: 'RV-{year}-{seq:4}',
  fields: {
    number: f.code(),
    role: f.code({ optional: true }),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id', optional: true }),
    everywhere: f.boolean({ label: 'Grants for every company' }),
    endsOn: f.date({ column: 'ends_on', label: 'Until' }),
    openedBy: f.ref('access.account', { column: 'opened_by', label: 'Opened by' }),
    closedAt: f.instant({ column: 'closed_at', optional: true, label: 'Closed' }),
  },
  lines: {
    table: 'rollout.access_review_line',
    parent: 'review_id',
    fields: {
      grant: f.ref('access.grant', { column: 'grant_id' }),
      account: f.ref('access.account', { column: 'account_id' }),
      role: f.code(),
      everywhere: f.boolean({ label: 'In every company' }),
      warehouse: f.ref('company.warehouse', { column: 'warehouse_id', optional: true }),
      upTo: f.money({ column: 'up_to', optional: true, label: 'Up to' }),
      endsOn: f.date({ column: 'ends_on', optional: true, label: 'Until' }),
      reason: f.text({ label: 'Given because' }),
      lastUsedAt: f.instant({ column: 'last_used_at', optional: true, label: 'Last used' }),
      outcome: f.choice(['confirmed', 'revoked', 'lapsed', 'kept', 'gone'], { optional: true }),
      decidedBy: f.ref('access.account', { column: 'decided_by', optional: true, label: 'Decided by' }),
      decidedAt: f.instant({ column: 'decided_at', optional: true, label: 'Decided' }),
      note: f.text({ optional: true }),
    },
  },
  states: ['open', 'closed'],
  list: {
    columns: ['number', 'role', 'warehouse', 'everywhere', 'endsOn', 'openedBy'],
    search: ['number', 'role'],
    sort: '-number',
  },
  verbs: {
    open: { from: null, to: 'open' },
    confirm: { from: ['open'], to: 'open' },
    revoke: { from: ['open'], to: 'open', reason: 'required' },
    close: { from: ['open'], to: 'closed' },
  },
})
