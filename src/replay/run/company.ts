// The company that the year is replayed in: set up from the template like any other, once.
import type { Kernel } from '#kernel/kernel'
import { readTemplate, setUpCompany } from '../../setup/index.ts'
import { TIME_ZONE } from './desk.ts'

/** Codes of what the replay works in. */
export const COMPANY = 'RETAIL'
export const WAREHOUSE = 'MAIN'
export const CURRENCY = 'GBP'
/** The template's rule for everybody else: ship what there is, the rest follows. Here nothing is ever short. */
export const BACKORDER_RULE = 'BO-900'

/** `warehouseId` is that of MAIN. */
export type RetailCompany = { companyId: number; warehouseId: string }

/**
 * Sets the company up, or finds it set up: pounds, London time, taxes of the United Kingdom, one warehouse that ships in
 * one step, the months of `dates` ('YYYY-MM-DD', ascending) open for posting. Safe to run again. Refuses like `setUpCompany`.
 */
export async function setUpRetail(kernel: Kernel, dates: readonly string[], now: Date): Promise<RetailCompany> {
  const { companyId, warehouses } = await setUpCompany(
    kernel,
    readTemplate(),
    {
      code: COMPANY,
      name: 'Online Retail, replayed',
      currency: CURRENCY,
      timeZone: TIME_ZONE,
      country: 'GB',
      warehouses: [{ code: WAREHOUSE, name: 'Main warehouse', outbound: 'outbound-1-step' }],
      openFrom: (dates[0] ?? '').slice(0, 7),
      openMonths: monthsBetween(dates[0] ?? '', dates.at(-1) ?? '') + 1,
    },
    { now },
  )
  return { companyId, warehouseId: warehouses[WAREHOUSE] ?? '' }
}

/** How many months after that of `first` the month of `last` comes. */
function monthsBetween(first: string, last: string): number {
  const [fromYear = 0, fromMonth = 0] = first.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = last.split('-').map(Number)
  return (toYear - fromYear) * 12 + toMonth - fromMonth
}
