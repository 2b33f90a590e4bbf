// A risk of the rollout: how likely, how bad, who answers for it, what is done, and the figure that calls it (GOV-08).
import { document, f } from '#kernel/document'

export const risk = document('rollout.risk', {
  label: 'Rollout risk',
  role: 'transaction',
  table: 'rollout.risk',
  numbered: 'number',
  number: 'RSK-{year}-{seq:4}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id', optional: true }),
    title: f.text(),
    seat: f.code({ label: 'Owner' }),
    probability: f.integer(),
    impact: f.integer(),
    response: f.text(),
    metric: f.code({ optional: true }),
    triggerAt: f.quantity({ column: 'trigger_at', label: 'Trigger', optional: true }),
  },
  states: ['open', 'closed'],
  list: {
    columns: ['number', 'site', 'title', 'seat', 'probability', 'impact', 'metric'],
    search: ['number', 'title'],
    sort: 'number',
  },
  verbs: {
    raise: { from: null, to: 'open' },
    seed: { from: null, to: 'open' },
    assess: { from: ['open'], to: 'open' },
    close: { from: ['open'], to: 'closed', reason: 'required' },
    reopen: { from: ['closed'], to: 'open', reason: 'required' },
  },
})
