// Evidence: a figure that people measured where the product cannot, with its file's hash, and signed by the seat that answers for it.
import { document, f } from '#kernel/document'

export const evidence = document('rollout.evidence', {
  label: 'Evidence',
  role: 'transaction',
  table: 'rollout.evidence',
  numbered: 'number',
  number: 'EVD-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    kind: f.code(),
    subject: f.text({ optional: true }),
    value: f.quantity(),
    measuredOn: f.date({ column: 'measured_on', label: 'Measured' }),
    fileName: f.text({ column: 'file_name', label: 'File', optional: true }),
    fileHash: f.text({ column: 'file_hash', label: 'SHA-256', optional: true }),
    note: f.text(),
    recordedBy: f.ref('access.account', { column: 'recorded_by', label: 'Recorded by' }),
    signedBy: f.ref('access.account', { column: 'signed_by', label: 'Signed by', optional: true }),
    seat: f.code({ optional: true }),
    signedAt: f.instant({ column: 'signed_at', label: 'Signed', optional: true }),
  },
  states: ['recorded', 'signed', 'withdrawn'],
  list: {
    columns: ['number', 'site', 'kind', 'subject', 'value', 'measuredOn', 'signedBy'],
    search: ['number', 'kind', 'subject', 'note'],
    sort: '-number',
  },
  verbs: {
    record: { from: null, to: 'recorded' },
    sign: { from: ['recorded'], to: 'signed' },
    withdraw: { from: ['recorded', 'signed'], to: 'withdrawn', reason: 'required' },
  },
})
