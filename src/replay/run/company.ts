// The company that the year is replayed in: set up from the template like any other, once.
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { readTemplate, setUpCompany } from '../../setup/index.ts'
import { TIME_ZONE } from './desk.ts'

/** Codes of what the replay works in. */
export const COMPANY = 'RETAIL'
export const WAREHOUSE = 'MAIN'
export const CURRENCY = 'GBP'
/** The template's rule for everybody else: ship what there is, the rest follows. Here nothing is ever short. */
export const BACKORDER_RULE = 'BO-900'

const FIRST_MONTH = '2010-11'
const MONTHS = 14

/** `warehouseId` is that of MAIN. */
export type RetailCompany = { companyId: number; warehouseId: string }

/**
 * Sets the company up, or finds it set up: pounds, London time, taxes of the United Kingdom, one warehouse that ships in
 * one step, the months of the file open for posting. Safe to run again. Refuses like `setUpCompany`.
 */
export async function setUpRetail(kernel: Kernel, now: Date): Promise<RetailCompany> {
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
      openFrom: FIRST_MONTH,
      openMonths: MONTHS,
    },
    { now },
  )
  return { companyId, warehouseId: warehouses[WAREHOUSE] ?? '' }
}

/** The id of the company when it is there already. */
export async function findRetail(kernel: Kernel): Promise<number | undefined> {
  const row = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(sql<{ id: number }>`select id from access.directory() where code = ${COMPANY}`),
  )
  return row?.id
}
