// A process as a site works it today: its steps, variants, volume, owner and system, and whether it sets the site apart (DIS-02, DIS-09).
import { document, f } from '#kernel/document'

export const process = document('rollout.process', {
  label: 'Process',
  role: 'transaction',
  table: 'rollout.process',
  numbered: 'number',
  number: 'PRC-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    area: f.code(),
    name: f.text(),
    variant: f.text(),
    volume: f.integer({ label: 'Times a month' }),
    owner: f.text(),
    system: f.text(),
    stance: f.choice(['standardise', 'differentiator']),
    steps: f.json(),
    approvedBy: f.ref('access.account', { column: 'approved_by', label: 'Approved by', optional: true }),
  },
  states: ['mapped', 'approved', 'dropped'],
  editableIn: ['mapped', 'approved'],
  list: {
    columns: ['number', 'site', 'area', 'name', 'variant', 'volume', 'owner', 'stance'],
    search: ['number', 'name', 'owner'],
    sort: 'number',
  },
  verbs: {
    map: { from: null, to: 'mapped' },
    change: { from: ['mapped', 'approved'], to: 'mapped' },
    approve: { from: ['mapped'], to: 'approved' },
    drop: { from: ['mapped', 'approved'], to: 'dropped', reason: 'required' },
  },
})
