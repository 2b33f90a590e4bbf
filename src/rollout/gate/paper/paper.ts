// A paper of a site: drafted from live data, signed by its hash, and compared with what holds now for as long as it is valid (DIS-08, BLU-04).
import { document, f } from '#kernel/document'

export const paper = document('rollout.paper', {
  label: 'Rollout paper',
  role: 'transaction',
  table: 'rollout.paper',
  numbered: 'number',
  number: 'PAP-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    kind: f.code(),
    edition: f.integer(),
    content: f.json(),
    hash: f.text(),
    draftedBy: f.ref('access.account', { column: 'drafted_by', label: 'Drafted by' }),
    signedBy: f.ref('access.account', { column: 'signed_by', label: 'Signed by', optional: true }),
    seat: f.code({ optional: true }),
    signedAt: f.instant({ column: 'signed_at', label: 'Signed', optional: true }),
  },
  states: ['drafted', 'signed', 'replaced'],
  list: {
    columns: ['number', 'site', 'kind', 'edition', 'signedBy', 'signedAt'],
    search: ['number', 'kind'],
    sort: '-number',
  },
  verbs: {
    draft: { from: null, to: 'drafted' },
    sign: { from: ['drafted'], to: 'signed' },
    replace: { from: ['signed'], to: 'replaced', reason: 'required' },
  },
})
