// The signature under the fit-gap register of a site: how many requirements, over which hash, by whom; it locks them (FIT-05).
import { document, f } from '#kernel/document'

export const register = document('rollout.register', {
  label: 'Fit-gap register',
  role: 'transaction',
  table: 'rollout.register',
  numbered: 'number',
  number: 'FGR-{year}-{seq:4}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    requirements: f.integer(),
    hash: f.text(),
    signedBy: f.ref('access.account', { column: 'signed_by', label: 'Signed by' }),
    signedAt: f.instant({ column: 'signed_at', label: 'Signed' }),
    seat: f.code(),
    changeRequest: f.ref('rollout.change-request', {
      column: 'change_request_id',
      label: 'Reopened by',
      optional: true,
    }),
  },
  states: ['signed', 'reopened'],
  list: {
    columns: ['number', 'site', 'requirements', 'signedBy', 'signedAt', 'seat'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    sign: { from: null, to: 'signed' },
    reopen: { from: ['signed'], to: 'reopened', reason: 'required' },
  },
})
