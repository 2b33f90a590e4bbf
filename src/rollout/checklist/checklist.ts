// A site's deployment checklist: each generation of it from a release, and the items with whom they wait for (TPL-10).
import { document, f } from '#kernel/document'

export const checklist = document('rollout.checklist', {
  label: 'Deployment checklist',
  role: 'transaction',
  table: 'rollout.checklist',
  numbered: 'number',
  number: 'CHK-{year}-{seq:5}',
  fields: {
    number: f.code(),
    site: f.ref('rollout.site', { column: 'site_id' }),
    release: f.code(),
    goLive: f.date({ column: 'go_live_on', label: 'Goes live' }),
    calendar: f.text({ label: 'Work calendar' }),
    items: f.integer(),
    added: f.integer(),
    removed: f.integer(),
  },
  states: ['generated'],
  list: {
    columns: ['number', 'site', 'release', 'goLive', 'items', 'added', 'removed'],
    search: ['number'],
    sort: '-number',
  },
  verbs: { generate: { from: null, to: 'generated' } },
})

export const checklistItem = document('rollout.checklist-item', {
  label: 'Deployment task',
  role: 'transaction',
  table: 'rollout.checklist_item',
  numbered: 'item',
  fields: {
    site: f.ref('rollout.site', { column: 'site_id' }),
    task: f.code({ column: 'item' }),
    title: f.text(),
    seat: f.code({ label: 'Owner' }),
    days: f.integer({ label: 'Work days from going live' }),
    dueOn: f.date({ column: 'due_on', label: 'Due' }),
    criterion: f.code({ label: 'Checked by', optional: true }),
    threshold: f.quantity({ optional: true }),
    inTemplate: f.boolean({ column: 'in_template', label: 'In the template' }),
    evidence: f.text({ optional: true }),
    signedBy: f.ref('access.account', { column: 'signed_by', label: 'Signed by', optional: true }),
    signedAt: f.instant({ column: 'signed_at', label: 'Signed', optional: true }),
  },
  states: ['open', 'done', 'waived'],
  list: {
    columns: ['site', 'task', 'title', 'seat', 'dueOn', 'criterion', 'signedBy'],
    search: ['task', 'title', 'seat'],
    sort: 'dueOn',
  },
  verbs: {
    sign: { from: ['open'], to: 'done' },
    waive: { from: ['open'], to: 'waived', reason: 'required' },
    reopen: { from: ['done', 'waived'], to: 'open', reason: 'required' },
  },
})
