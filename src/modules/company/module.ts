// Companies, where they stand, when they work, and what currencies are worth: what every other module starts from.
import { configuration, kindOfDocument } from '#kernel/configuration'
import { f } from '#kernel/document'
import { module } from '#kernel/module'
import { branch } from './branch/branch.ts'
import { change as changeBranch } from './branch/change.ts'
import { close as closeBranch } from './branch/close.ts'
import { create as createBranch } from './branch/create.ts'
import { calendar } from './calendar/calendar.ts'
import { change as changeCalendar } from './calendar/change.ts'
import { close as closeCalendar } from './calendar/close.ts'
import { create as createCalendar } from './calendar/create.ts'
import { change as changeCompany } from './company/change.ts'
import { close as closeCompany } from './company/close.ts'
import { company } from './company/company.ts'
import { create as createCompany } from './company/create.ts'
import { create as createCurrency } from './currency/create.ts'
import { currency } from './currency/currency.ts'
import { correct } from './rate/correct.ts'
import { rate } from './rate/rate.ts'
import { record } from './rate/record.ts'
import { change as changeWarehouse } from './warehouse/change.ts'
import { close as closeWarehouse } from './warehouse/close.ts'
import { create as createWarehouse } from './warehouse/create.ts'
import { warehouse } from './warehouse/warehouse.ts'

/** A setting of a company: one member of its settings. */
const setting = configuration('company.setting', {
  label: 'Setting',
  table: 'company.company',
  companyColumn: 'id',
  key: ['key'],
  fields: { key: f.code(), value: f.json() },
  member: 'settings',
})

/** A work calendar that bears the code of a warehouse is that warehouse's; others are shared. */
const calendars = { ...kindOfDocument(calendar), place: { field: 'code', itself: false } }

export default module('company', {
  needs: [],
  documents: [company, warehouse, branch, calendar, currency, rate],
  commands: [
    createCompany,
    changeCompany,
    closeCompany,
    createWarehouse,
    changeWarehouse,
    closeWarehouse,
    createBranch,
    changeBranch,
    closeBranch,
    createCalendar,
    changeCalendar,
    closeCalendar,
    createCurrency,
    record,
    correct,
  ],
  configuration: [setting, calendars],
})
