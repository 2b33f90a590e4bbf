// A work calendar: the weekdays on which a place works, its days off, and the time after which an order is tomorrow's.
import { document, f } from '#kernel/document'

export const calendar = document('company.calendar', {
  label: 'Work calendar',
  role: 'configuration',
  table: 'company.calendar',
  numbered: 'code',
  fields: {
    code: f.code(),
    weekdays: f.json({ label: 'Work days, 1 is Monday' }),
    holidays: f.json({ label: 'Days off' }),
    cutOff: f.text({ column: 'cut_off', label: 'Cut-off, local time' }),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: { columns: ['code', 'weekdays', 'cutOff'], search: ['code'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
