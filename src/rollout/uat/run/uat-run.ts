// A run of the acceptance scenarios at a site: played by the machine on a copy, or walked by people; with what came of it.
import { document, f } from '#kernel/document'

export const RUN_KINDS = ['automatic', 'manual'] as const

export const uatRun = document('rollout.uat-run', {
  label: 'Acceptance run',
  role: 'transaction',
  table: 'rollout.uat_run',
  numbered: 'number',
  number: 'UAT-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    release: f.ref('rollout.release', { column: 'release_id' }),
    kind: f.choice(RUN_KINDS, { label: 'Played' }),
    configurationHash: f.text({ column: 'configuration_hash', label: 'Hash of the configuration' }),
    differences: f.json({ label: 'Differences from the template' }),
    scenarios: f.json({ label: 'Scenarios that matter here' }),
    leftOut: f.json({ column: 'left_out', label: 'Scenarios left out' }),
    wanted: f.json({ label: 'Scenarios of this run' }),
    done: f.integer(),
    total: f.integer(),
    atWork: f.text({ column: 'at_work', label: 'At work', optional: true }),
    passed: f.integer(),
    failed: f.integer(),
    playedOn: f.text({ column: 'played_on', label: 'Played on', optional: true }),
    liveUnchanged: f.boolean({ column: 'live_unchanged', label: 'Live database unchanged', optional: true }),
    figures: f.json({ optional: true }),
    milliseconds: f.integer({ optional: true }),
    startedBy: f.ref('access.account', { column: 'started_by', label: 'Started by' }),
    finishedAt: f.instant({ column: 'finished_at', label: 'Finished', optional: true }),
  },
  states: ['running', 'finished', 'cancelled'],
  list: {
    columns: ['number', 'site', 'release', 'kind', 'done', 'total', 'passed', 'failed', 'finishedAt'],
    search: ['number'],
    sort: '-number',
  },
  verbs: {
    start: { from: null, to: 'running' },
    record: { from: ['running'], to: 'running' },
    mark: { from: ['running'], to: 'running' },
    finish: { from: ['running'], to: 'finished' },
    cancel: { from: ['running'], to: 'cancelled', reason: 'required' },
    'sign-finance': { from: ['finished'], to: 'finished' },
    'sign-warehouse': { from: ['finished'], to: 'finished' },
    'sign-process': { from: ['finished'], to: 'finished' },
  },
})
