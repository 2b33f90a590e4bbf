// The companies of the demo, set up from the template, the first of them marked as a demo.
import { addMonths, todayIn } from '#kernel/dates'
import type { Kernel } from '#kernel/kernel'
import { setUpCompany, type Template } from '../setup/index.ts'
import type { DemoCompany } from './desk.ts'
import type { DemoFiles } from './files.ts'

/** Months before and after the day of loading in which the demo's companies can post. */
const MONTHS_BEFORE = 8
const MONTHS_AFTER = 6

/** What stands on a company's papers: its address as its country writes it, its tax number, and its prefix for parcel labels. */
function papersOf(company: DemoFiles['companies'][number]) {
  const { street, city, region, postcode } = company.address
  const place = region === '' ? `${postcode} ${city}` : `${city}, ${region} ${postcode}`
  return { address: [street, place], taxId: company['tax-id'], gs1Prefix: company['gs1-prefix'] }
}

/** Sets up every company of the demo; safe to run again with the same `now`. */
export async function setUpDemoCompanies(
  kernel: Kernel,
  template: Template,
  files: DemoFiles,
  { now, permissions }: { now: Date; permissions: readonly string[] },
): Promise<readonly DemoCompany[]> {
  const companies: DemoCompany[] = []
  for (const one of files.companies) {
    const { 'base-currency': _, 'time-zone': __, ...choices } = one.choices
    const { calendar, 'closed-also': closedAlso } = one.holidays
    const buildings = files.warehouses.filter((each) => each.company === one.code)
    const set = await setUpCompany(
      kernel,
      template,
      {
        code: one.code,
        name: one.name,
        currency: one.currency,
        timeZone: one['time-zone'],
        country: one.country,
        taxArea: one['tax-area'],
        choices,
        extraSettings: { papers: papersOf(one) },
        warehouses: buildings.map((each) => ({
          code: each.code,
          name: each.name,
          outbound: each.outbound,
          handlingHours: each['handling-hours'],
          cutOff: each['cut-off'],
          closed: { calendar, closedAlso },
          bins: binsOf(files, each.code),
        })),
        openFrom: addMonths(todayIn(one['time-zone'], now), -MONTHS_BEFORE).slice(0, 7),
        openMonths: MONTHS_BEFORE + 1 + MONTHS_AFTER,
      },
      { now, permissions },
    )
    companies.push({
      id: set.companyId,
      code: one.code,
      currency: one.currency,
      country: one.country,
      timeZone: one['time-zone'],
      taxArea: one['tax-area'],
      warehouses: set.warehouses,
    })
  }
  return companies
}

/** The bins that hold opening stock, in the order in which a picker passes them. */
const binsOf = (files: DemoFiles, warehouse: string): readonly string[] =>
  [...new Set(files.stock.filter((one) => one.warehouse === warehouse).map((one) => one.location))]
    .filter((code) => code !== '')
    .sort()
