// What one unit of a currency is worth in the company's own, on a day.
import type { BusinessDate } from '#kernel/dates'
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** How many days a rate may be old when the company's settings say nothing: over a long weekend, not longer. */
const OLDEST_DAYS = 5

// The setting exchange-rate-source: { on-missing: 'last-known' | 'refuse', oldest-days }.
const oldestDays = sql`case when home_of.settings -> 'exchange-rate-source' ->> 'on-missing' = 'refuse' then 0
  else coalesce((home_of.settings -> 'exchange-rate-source' ->> 'oldest-days')::int, ${OLDEST_DAYS}) end`

// The aliases are long on purpose: `currency` and `day` may name columns of the caller's aliases, which must not be caught.

/**
 * An SQL expression (numeric): company currency for one unit of `currency` on `day`; 1 for the company's own currency,
 * NULL when no rate is known that is new enough by the company's setting exchange-rate-source. `currency` and `day`
 * are values or SQL expressions of the surrounding statement.
 */
export function rateOn(companyId: number, currency: string | Sql, day: BusinessDate | Sql): Sql {
  return sql`select case when home_of.currency = (${currency})::text then 1::numeric else (
      select rated.rate from company.v_rate rated
       where rated.company_id = home_of.id and rated.currency = (${currency})::text
         and rated.valid_on between (${day})::date - ${oldestDays} and (${day})::date
       order by rated.valid_on desc limit 1) end
    from company.v_company home_of where home_of.id = ${companyId}`
}

/** The rate of `rateOn` as text. Refuses with RATE_MISSING. */
export async function requireRate(tx: Tx, companyId: number, currency: string, day: BusinessDate): Promise<string> {
  const found = await tx.first(sql<{ rate: string | null; home: string; days: number }>`
    select ${rateOn(companyId, currency, day)} as rate, home_of.currency as home, ${oldestDays} as days
      from company.v_company home_of where home_of.id = ${companyId}`)
  return found?.rate ?? refuse('RATE_MISSING', { currency, day, home: found?.home, days: found?.days })
}
