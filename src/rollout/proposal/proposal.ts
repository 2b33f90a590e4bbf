// A proposal: what a site has otherwise, offered to everybody; once accepted it comes out with the next release.
import { document, f } from '#kernel/document'

export const proposal = document('rollout.proposal', {
  label: 'Template proposal',
  role: 'transaction',
  table: 'rollout.proposal',
  numbered: 'number',
  number: 'TCP-{year}-{seq:4}',
  shared: true,
  fields: {
    number: f.code(),
    kind: f.code({ label: 'Kind of configuration' }),
    objectKey: f.text({ column: 'object_key', label: 'Object' }),
    field: f.text({ optional: true }),
    block: f.json({ label: 'What the template would say' }),
    reason: f.text(),
    evidence: f.text(),
    proposedBy: f.ref('access.account', { column: 'proposed_by', label: 'Proposed by' }),
    decidedBy: f.ref('access.account', { column: 'decided_by', label: 'Decided by', optional: true }),
    release: f.ref('rollout.release', { column: 'release_id', label: 'Came out with', optional: true }),
  },
  states: ['proposed', 'accepted', 'rejected', 'released'],
  list: {
    columns: ['number', 'kind', 'objectKey', 'field', 'reason', 'evidence'],
    search: ['number', 'kind', 'objectKey', 'reason'],
    sort: '-number',
  },
  verbs: {
    adopt: { from: null, to: 'proposed' },
    accept: { from: ['proposed'], to: 'accepted' },
    reject: { from: ['proposed'], to: 'rejected', reason: 'required' },
    release: { from: ['accepted'], to: 'released' },
  },
})
