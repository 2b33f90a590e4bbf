// A link of a site to another system: which way, how much, how critical, and whose (DIS-07).
import { document, f } from '#kernel/document'

export const integration = document('rollout.integration', {
  label: 'System link',
  role: 'transaction',
  table: 'rollout.integration',
  numbered: 'number',
  number: 'LNK-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    name: f.text(),
    direction: f.choice(['in', 'out', 'both']),
    volume: f.integer({ label: 'Messages a day' }),
    criticality: f.choice(['low', 'medium', 'high']),
    owner: f.text(),
  },
  states: ['listed', 'dropped'],
  list: {
    columns: ['number', 'site', 'name', 'direction', 'volume', 'criticality', 'owner'],
    search: ['number', 'name', 'owner'],
    sort: 'number',
  },
  verbs: {
    add: { from: null, to: 'listed' },
    drop: { from: ['listed'], to: 'dropped', reason: 'required' },
  },
})
