// A new site as it is asked for: a company to be brought up from a release of the template, agreed to by somebody else.
import { document, f } from '#kernel/document'

export const newSite = document('rollout.new-site', {
  label: 'New site',
  role: 'transaction',
  table: 'rollout.new_site',
  numbered: 'number',
  number: 'NEW-{year}-{seq:5}',
  fields: {
    number: f.code(),
    code: f.code({ label: 'Code of the company' }),
    name: f.text(),
    currency: f.code({ label: 'Currency of the books' }),
    country: f.code(),
    timeZone: f.text({ column: 'time_zone' }),
    wave: f.integer(),
    owner: f.text(),
    release: f.ref('rollout.release', { column: 'release_id' }),
    requestedBy: f.ref('access.account', { column: 'requested_by', label: 'Requested by' }),
    approvedBy: f.ref('access.account', { column: 'approved_by', label: 'Approved by', optional: true }),
    plan: f.code({ label: 'Applied plan', optional: true }),
    problem: f.text({ optional: true }),
  },
  states: ['requested', 'approved', 'up', 'failed', 'rejected'],
  list: {
    columns: ['number', 'code', 'name', 'country', 'wave', 'owner', 'release', 'plan'],
    search: ['number', 'code', 'name', 'owner'],
    sort: '-number',
  },
  verbs: {
    request: { from: null, to: 'requested' },
    approve: { from: ['requested', 'failed'], to: 'approved' },
    reject: { from: ['requested', 'failed'], to: 'rejected', reason: 'required' },
    conclude: { from: ['approved'], to: ['up', 'failed'] },
  },
})
