// Finds companies, and says which business day it is for one of them.
import type pg from 'pg'
import { type BusinessDate, type Instant, todayIn } from '#kernel/dates'
import { type Sql, sql, type Tx, transaction } from '#kernel/db'
import { refuse } from '#kernel/refusal'

/** A company as every request needs it. `digits` are the places of its currency, `timeZone` an IANA name. */
export type Company = {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly digits: number
  readonly timeZone: string
  readonly country: string
  readonly taxRounding: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly state: 'active' | 'closed'
}

const companies = (which: Sql): Sql<Company> => sql<Company>`
  with found as (
    select id, code, name, currency, digits, time_zone as "timeZone", country, tax_rounding as "taxRounding", settings, state
      from company.v_company
  ) select * from found where ${which} order by id`

/** The company with this code, in any case. Refuses with UNKNOWN_CODE when there is none that the transaction sees. */
export async function companyByCode(tx: Tx, code: string): Promise<Company> {
  const found = await tx.first(companies(sql`upper(code) = upper(${code})`))
  return found ?? refuse('UNKNOWN_CODE', { entity: 'company', code })
}

/** The company with this id. Refuses with UNKNOWN_CODE when there is none that the transaction sees. */
export async function companyById(tx: Tx, id: number): Promise<Company> {
  const found = await tx.first(companies(sql`id = ${id}`))
  return found ?? refuse('UNKNOWN_CODE', { entity: 'company', code: id })
}

/**
 * Every company of the enterprise, closed ones too, by id. For the program itself, which must know them before it can
 * tell who may see which; never answer a person with it.
 */
export async function listCompanies(pool: pg.Pool): Promise<readonly Company[]> {
  // Row-level security shows only companies in scope, and which ones there are is what we ask: so the ids come first,
  // from a function that tells ids and nothing else.
  const ids = await transaction(pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ id: number }>`select id from company.ids() as listed(id)`),
  )
  return await transaction(pool, { companies: ids.map((one) => one.id) }, (tx) => tx.rows(companies(sql`true`)))
}

/** The business date of the company at the instant: the day on its own clock. */
export const todayFor = (company: Pick<Company, 'timeZone'>, now: Instant): BusinessDate =>
  todayIn(company.timeZone, now)
