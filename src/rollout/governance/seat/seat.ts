// An appointment: who sits on a seat of governance, from when until when, and who stands in (GOV-01).
import { document, f } from '#kernel/document'

export const seat = document('rollout.seat', {
  label: 'Appointment',
  role: 'master',
  table: 'rollout.seat',
  numbered: 'seat',
  shared: true,
  fields: {
    seat: f.code(),
    holder: f.ref('access.account', { column: 'account_id' }),
    startsOn: f.date({ column: 'starts_on', label: 'From' }),
    endsOn: f.date({ column: 'ends_on', label: 'Until', optional: true }),
    delegate: f.ref('access.account', { column: 'delegate_id', optional: true }),
    delegateFrom: f.date({ column: 'delegate_from', label: 'Delegate from', optional: true }),
    delegateUntil: f.date({ column: 'delegate_until', label: 'Delegate until', optional: true }),
  },
  states: ['held', 'ended'],
  list: {
    columns: ['seat', 'holder', 'startsOn', 'endsOn', 'delegate', 'delegateUntil'],
    search: ['seat'],
    sort: 'seat',
  },
  verbs: {
    appoint: { from: null, to: 'held' },
    delegate: { from: ['held'], to: 'held' },
    end: { from: ['held'], to: 'ended', reason: 'required' },
  },
})
