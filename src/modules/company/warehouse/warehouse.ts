// A warehouse: where goods lie, in how many steps they leave, and when people work there.
import { document, f } from '#kernel/document'

/** When an order's goods are promised to it. */
export const RESERVE_AT = ['confirm', 'release', 'manual'] as const

export const warehouse = document('company.warehouse', {
  label: 'Warehouse',
  role: 'configuration',
  table: 'company.warehouse',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    branch: f.ref('company.branch', { column: 'branch_id', optional: true }),
    calendar: f.ref('company.calendar', { column: 'calendar_id', optional: true }),
    outboundSteps: f.integer({ column: 'outbound_steps' }),
    handlingDays: f.integer({ column: 'handling_days' }),
    allowNegative: f.boolean({ column: 'allow_negative' }),
    reserveAt: f.choice(RESERVE_AT, { column: 'reserve_at' }),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  narrow: { warehouse: 'id' },
  list: { columns: ['code', 'name', 'branch', 'outboundSteps', 'reserveAt'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
