// Setting up a company: everything that stands before its first order, from the template, in one transaction.
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { CODE } from '#kernel/schema'
import { type EnterpriseOptions, openMonths, recordSetUp, SET_UP, type SetUp, setUpEnterprise } from './enterprise.ts'
import { type Closed, holidaysOf } from './holidays.ts'
import { allowsNegative, handlingDays, locationOf, placesInside, reserveAt, stepsOf } from './place.ts'
import { refuse } from './refusals.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Template } from './template.ts'
import { writeCompany } from './write/company-row.ts'
import { writeCurrencies } from './write/enterprise-tables.ts'
import { writeAccounts, writeMapping, writePeriods } from './write/ledger-tables.ts'
import { type LocationRow, writeCalendars, writeLocations, writeWarehouses } from './write/places.ts'
import { writeTaxCodes, writeTaxRates, writeTaxRules } from './write/tax-tables.ts'
import {
  writeApprovalRules,
  writeBackorderRules,
  writeDiscountLimits,
  writeMarginFloors,
  writeReturnReasons,
  writeTerms,
} from './write/trade-tables.ts'
import { didWork } from './write/written.ts'

/** A building. `outbound` names a pattern of warehouse-patterns.yaml; `bins` are codes of stock places beside the floor. */
export type NewWarehouse = {
  readonly code: string
  readonly name: string
  readonly outbound?: string
  readonly bins?: readonly string[]
  /** Hours from release to door; whole days of eight hours count in promise dates. */
  readonly handlingHours?: number
  /** Local time 'HH:MM'. */
  readonly cutOff?: string
  readonly closed?: Closed
  /** By ISO 8601, 1 is Monday; Monday to Friday unless given. */
  readonly weekdays?: readonly number[]
}

export type NewCompany = {
  readonly code: string
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** IANA name. */
  readonly timeZone: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** An area of taxes.yaml; the one of the country unless given. */
  readonly taxArea?: string
  /** Answers to the template's settings, by key, where it lets a site choose. */
  readonly choices?: Settings
  /** Settings that no file of the template knows, such as the mark of a demo. */
  readonly extraSettings?: Settings
  /** One warehouse MAIN that ships in one step, unless given. */
  readonly warehouses?: readonly NewWarehouse[]
  /** First month to open for posting, 'YYYY-MM', and how many. */
  readonly openFrom: string
  readonly openMonths: number
}

export type CompanySetUp = SetUp & {
  readonly companyId: number
  /** The ids of the company's warehouses, by code. */
  readonly warehouses: Readonly<Record<string, string>>
}

/**
 * Sets up a company as the system: the enterprise's part, then the company with its calendars, warehouses and locations,
 * chart, roles of accounts, open months, taxes, terms, rules of backorders and returns, price limits and approvals. What
 * is there stays, but for locked blocks; run again, it changes nothing and says so. Leaves one audit leaf when it did
 * something. Refuses TEMPLATE_UNSOUND, TEMPLATE_LOCKED, TEMPLATE_NOT_ALLOWED, TEMPLATE_UNKNOWN_NAME, MONTH_INVALID,
 * COMPANY_CODE_INVALID, COMPANY_DIFFERS.
 */
export async function setUpCompany(
  kernel: Kernel,
  template: Template,
  given: NewCompany,
  options: EnterpriseOptions & { readonly now: Date },
): Promise<CompanySetUp> {
  const { now } = options
  const { area, settings } = checkCompany(template, given)
  const places = placesOf(template, given, settings.all, now)
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(given.openFrom)) {
    refuse('MONTH_INVALID', { month: given.openFrom })
  }
  const enterprise = await setUpEnterprise(kernel, template, options)
  await openMonths(kernel, given.openFrom, given.openMonths, now)
  return await transaction(kernel.pool, { companies: [], by: SET_UP }, async (tx) => {
    const currencies = await writeCurrencies(tx, [given.currency])
    const {
      companyId,
      documentId,
      written: company,
    } = await writeCompany(tx, {
      code: given.code,
      name: given.name,
      currency: given.currency,
      timeZone: given.timeZone,
      country: given.country,
      taxRounding: String(settings.all['rounding-method'] ?? 'document-half-up'),
      settings: { all: { ...given.extraSettings, ...settings.all }, locked: settings.locked },
    })
    const written = [
      currencies,
      company,
      await writeCalendars(tx, companyId, places.calendars),
      await writeWarehouses(tx, companyId, places.warehouses),
      await writeLocations(tx, companyId, places.locations),
      await writeAccounts(tx, companyId, template),
      await writeMapping(tx, companyId, template),
      await writePeriods(tx, companyId, given.openFrom, given.openMonths),
      await writeTaxCodes(tx, companyId, template, area),
      await writeTaxRates(tx, companyId, template, area),
      await writeTaxRules(tx, companyId, template, area),
      await writeTerms(tx, companyId, template),
      await writeBackorderRules(tx, companyId, template),
      await writeReturnReasons(tx, companyId, template),
      await writeDiscountLimits(tx, companyId, template),
      await writeMarginFloors(tx, companyId, template),
      await writeApprovalRules(tx, companyId, template, given.currency),
    ].filter(didWork)
    const all = [...enterprise.written, ...written]
    if (all.length > 0) {
      await recordSetUp({ tx, template, companyId, documentId, written: all, now, today: todayIn(given.timeZone, now) })
    }
    const warehouses = await tx.rows(warehousesOf(companyId))
    return {
      changed: all.length > 0,
      written: all,
      companyId,
      warehouses: Object.fromEntries(warehouses.map((one) => [one.code, one.id])),
    }
  })
}

/**
 * What the template gives such a company: its tax area and its settings. Refuses COMPANY_CODE_INVALID, and by the
 * template's own words a country, a currency or an answer that it has no rules for.
 */
export function checkCompany(
  template: Template,
  given: Pick<NewCompany, 'code' | 'currency' | 'timeZone' | 'country' | 'taxArea' | 'choices'>,
) {
  if (!new RegExp(CODE).test(given.code) || given.code.length > 40) refuse('COMPANY_CODE_INVALID', { code: given.code })
  const answers = { ...given.choices, 'base-currency': given.currency, 'time-zone': given.timeZone }
  return { area: areaOf(template, given), settings: settingsOf(template, given.currency, answers) }
}

const warehousesOf = (companyId: number) =>
  sql<{
    code: string
    id: string
  }>`select code, id from company.warehouse where company_id = ${companyId} order by code`

function areaOf(template: Template, given: Pick<NewCompany, 'taxArea' | 'country'>): string {
  const { areas } = template.taxes
  const found = given.taxArea
    ? areas.find((one) => one.area === given.taxArea)
    : areas.find((one) => one.country === given.country)
  const known = areas.map((one) => `${one.area} (${one.country})`).join(', ')
  const name = given.taxArea ?? `for ${given.country}`
  return found?.area ?? refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'tax area', name, known, file: 'taxes.yaml' })
}

/** Places of the whole company: where goods come from and go to. */
const OUTSIDE = ['supplier', 'customer', 'adjustment', 'scrap', 'transit', 'opening'] as const
const YEARS_AHEAD = 2

function placesOf(template: Template, given: NewCompany, settings: Settings, now: Date) {
  const wanted: readonly NewWarehouse[] = given.warehouses ?? [{ code: 'MAIN', name: 'Main warehouse' }]
  const years = {
    from: Math.min(Number(given.openFrom.slice(0, 4)), now.getUTCFullYear()),
    to: now.getUTCFullYear() + YEARS_AHEAD,
  }
  const standardHours = Number(settings['handling-hours'] ?? 0)
  return {
    calendars: wanted.map((one) => ({
      code: one.code,
      weekdays: one.weekdays ?? [1, 2, 3, 4, 5],
      holidays: holidaysOf(template, one.closed ?? { calendar: 'none' }, years),
      cutOff: one.cutOff ?? String(settings['cut-off'] ?? '15:00'),
    })),
    warehouses: wanted.map((one) => ({
      code: one.code,
      name: one.name,
      outboundSteps: stepsOf(template, one.outbound ?? 'outbound-1-step'),
      handlingDays: handlingDays(one.handlingHours ?? standardHours),
      reserveAt: reserveAt(settings['reservation-timing']),
      allowNegative: allowsNegative(settings['negative-stock']),
    })),
    locations: [...OUTSIDE.map((kind) => locationOf(null, kind)), ...wanted.flatMap(insideOf)],
  }
}

function insideOf(warehouse: NewWarehouse): readonly LocationRow[] {
  const bins = (warehouse.bins ?? []).map((code, at) => ({
    warehouse: warehouse.code,
    code,
    name: `Bin ${code}`,
    kind: 'stock',
    pickSequence: at + 1,
  }))
  return [...placesInside(warehouse.code), ...bins]
}
