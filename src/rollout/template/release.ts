// A release of the enterprise template: a number, its files, the hash that names exactly them, and a signature. It never changes.
import { document, f } from '#kernel/document'

export const release = document('rollout.release', {
  label: 'Template release',
  role: 'master',
  table: 'rollout.release',
  numbered: 'number',
  shared: true,
  fields: {
    number: f.code(),
    template: f.code(),
    notes: f.text(),
    previous: f.ref('rollout.release', { column: 'previous_id', optional: true }),
    releasedBy: f.ref('access.account', { column: 'released_by', label: 'Released by' }),
    createdAt: f.instant({ column: 'created_at', label: 'Released' }),
    keyId: f.text({ column: 'key_id', label: 'Signed with key', optional: true }),
    signature: f.text({ optional: true }),
  },
  states: ['released', 'withdrawn'],
  list: {
    columns: ['number', 'template', 'notes', 'createdAt', 'keyId'],
    search: ['number', 'notes'],
    sort: '-createdAt',
  },
  verbs: {
    publish: { from: null, to: 'released' },
    withdraw: { from: ['released'], to: 'withdrawn', reason: 'required' },
  },
})
