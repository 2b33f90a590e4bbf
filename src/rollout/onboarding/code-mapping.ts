// One code of an acquired entity and what it becomes in the template's codes (TPL-15).
import { document, f } from '#kernel/document'

export const codeMapping = document('rollout.code-mapping', {
  label: 'Code mapping',
  role: 'transaction',
  table: 'rollout.code_mapping',
  numbered: 'source_code',
  fields: {
    site: f.ref('rollout.site', { column: 'site_id' }),
    kind: f.code(),
    sourceCode: f.text({ column: 'source_code', label: 'Their code' }),
    sourceName: f.text({ column: 'source_name', label: 'Their name', optional: true }),
    uses: f.integer({ label: 'Times used' }),
    value: f.quantity({ label: 'Value used for' }),
    target: f.code({ label: 'Becomes', optional: true }),
    proposedBy: f.ref('access.account', { column: 'proposed_by', label: 'Proposed by' }),
    approvedBy: f.ref('access.account', { column: 'approved_by', label: 'Approved by', optional: true }),
    seat: f.code({ optional: true }),
  },
  states: ['proposed', 'approved', 'withdrawn'],
  editableIn: ['proposed', 'approved'],
  list: {
    columns: ['site', 'kind', 'sourceCode', 'sourceName', 'uses', 'value', 'target'],
    search: ['sourceCode', 'sourceName', 'target'],
    sort: 'sourceCode',
  },
  verbs: {
    propose: { from: null, to: 'proposed' },
    change: { from: ['proposed', 'approved'], to: 'proposed' },
    approve: { from: ['proposed'], to: 'approved' },
    withdraw: { from: ['proposed', 'approved'], to: 'withdrawn', reason: 'required' },
  },
})
