// What one unit of a currency is worth in the company's own, on a day.
import type { BusinessDate } from '#kernel/dates'
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** How many days a rate may be old when the company's settings say nothing: over a long weekend, not longer. */
const OLDEST_DAYS = 5

// The setting exchange-rate-source: { on-missing: 'last-known' | 'refuse', oldest-days }.
const oldestDays = sql`case when c.settings -> 'exchange-rate-source' ->> 'on-missing' = 'refuse' then 0
  else coalesce((c.settings -> 'exchange-rate-source' ->> 'oldest-days')::int, ${OLDEST_DAYS}) end`

/**
 * An SQL expression (numeric): company currency for one unit of `currency` on `day`; 1 for the company's own currency,
 * NULL when no rate is known that is new enough by the company's setting exchange-rate-source. `currency` and `day`
 * are values or SQL expressions of the surrounding statement.
 */
export function rateOn(companyId: number, currency: string | Sql, day: BusinessDate | Sql): Sql {
  return sql`select case when c.currency = (${currency})::text then 1::numeric else (
      select r.rate from company.v_rate r
       where r.company_id = c.id and r.currency = (${currency})::text
         and r.valid_on between (${day})::date - ${oldestDays} and (${day})::date
       order by r.valid_on desc limit 1) end
    from company.v_company c where c.id = ${companyId}`
}

/** The rate of `rateOn` as text. Refuses with RATE_MISSING. */
export async function requireRate(tx: Tx, companyId: number, currency: string, day: BusinessDate): Promise<string> {
  const found = await tx.first(sql<{ rate: string | null; home: string; days: number }>`
    select ${rateOn(companyId, currency, day)} as rate, c.currency as home, ${oldestDays} as days
      from company.v_company c where c.id = ${companyId}`)
  return found?.rate ?? refuse('RATE_MISSING', { currency, day, home: found?.home, days: found?.days })
}
