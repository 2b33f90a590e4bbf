// A company of the enterprise: its books, its currency, its clock.
import { document, f } from '#kernel/document'
import { SETTINGS } from './settings.ts'

/** How tax is rounded on documents; see `taxOfDocument` for what each means. */
export const TAX_ROUNDINGS = ['document-half-up', 'line-half-up', 'document-half-even', 'line-half-even'] as const

export const company = document('company.company', {
  label: 'Company',
  role: 'configuration',
  table: 'company.companies',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    currency: f.code({ label: 'Currency of the books' }),
    timeZone: f.text({ column: 'time_zone' }),
    country: f.code(),
    taxRounding: f.choice(TAX_ROUNDINGS, { column: 'tax_rounding' }),
    settings: f.json({ members: SETTINGS }),
  },
  states: ['active', 'closed'],
  editableIn: ['active'],
  list: { columns: ['code', 'name', 'currency', 'country', 'timeZone'], search: ['code', 'name'], sort: 'code' },
  verbs: {
    create: { from: null, to: 'active' },
    change: { from: ['active'], to: 'active' },
    close: { from: ['active'], to: 'closed', reason: 'required' },
  },
})
