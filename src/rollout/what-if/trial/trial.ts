// A trial: the scenarios of a release, played against a site's configuration as the release would leave it.
import { document, f } from '#kernel/document'

export const trial = document('rollout.trial', {
  label: 'Release trial',
  role: 'transaction',
  table: 'rollout.trial',
  numbered: 'number',
  number: 'TRY-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    release: f.ref('rollout.release', { column: 'release_id' }),
    steps: f.integer({ label: 'Steps of the plan' }),
    played: f.integer({ label: 'Scenarios played' }),
    passed: f.integer(),
    failures: f.json({ label: 'Failed scenarios' }),
    leftOut: f.json({ column: 'left_out', label: 'Scenarios left out' }),
    configurationHash: f.text({ column: 'configuration_hash', label: 'Hash of the configuration' }),
    playedOn: f.text({ column: 'played_on', label: 'Played on' }),
    milliseconds: f.integer(),
    overrideReason: f.text({ column: 'override_reason', label: 'Why it may go on', optional: true }),
    createdAt: f.instant({ column: 'created_at', label: 'Played at' }),
  },
  states: ['passed', 'failed', 'overridden'],
  list: {
    columns: ['number', 'release', 'site', 'state', 'played', 'passed', 'createdAt'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    record: { from: null, to: ['passed', 'failed'] },
    override: { from: ['failed'], to: 'overridden', reason: 'required' },
  },
})
