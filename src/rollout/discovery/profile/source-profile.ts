// A profile of a file of source data: what was counted, and how good it is; no value of a row is in it (DIS-05).
import { document, f } from '#kernel/document'

export const sourceProfile = document('rollout.source-profile', {
  label: 'Source profile',
  role: 'transaction',
  table: 'rollout.source_profile',
  numbered: 'number',
  number: 'PRF-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    object: f.code(),
    fileName: f.text({ column: 'file_name', label: 'File' }),
    fileHash: f.text({ column: 'file_hash', label: 'SHA-256' }),
    rows: f.integer({ column: 'rows_read' }),
    duplicates: f.integer(),
    score: f.percent({ label: 'Quality' }),
    parts: f.json({ label: 'Made of' }),
    figures: f.json(),
    evidence: f.ref('rollout.evidence', { column: 'evidence_id' }),
  },
  states: ['taken', 'withdrawn'],
  list: {
    columns: ['number', 'site', 'object', 'fileName', 'rows', 'duplicates', 'score'],
    search: ['number', 'object', 'fileName'],
    sort: '-number',
  },
  verbs: {
    take: { from: null, to: 'taken' },
    withdraw: { from: ['taken'], to: 'withdrawn', reason: 'required' },
  },
})
