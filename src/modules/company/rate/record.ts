// Recording rates, one or a file of them: each currency and day once, never for a day to come.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { parseDate } from '#kernel/dates'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { plainly, refuse } from '../refusals.ts'
import { rate } from './rate.ts'

/** `rate`: company currency for one unit of `currency`. `source` names who published it. */
export const RateInput = T.object({
  id: T.optional(T.id()),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  validOn: T.date(),
  rate: T.price(),
  source: T.text(60),
})

export const record = creation(rate.verbs.record, RateInput, async ({ tx, companyId, ids, input, now, today }) => {
  for (const one of input) {
    if (compareDecimals(one.rate, '0') <= 0) {
      refuse('RATE_NOT_POSITIVE', { currency: one.currency })
    }
    if (parseDate(one.validOn) > today) {
      refuse('RATE_IN_FUTURE', { currency: one.currency, day: one.validOn })
    }
  }
  const given = JSON.stringify(
    input.map((one, at) => ({
      id: ids[at],
      currency: one.currency,
      valid_on: one.validOn,
      rate: one.rate,
      source: one.source,
    })),
  )
  const home = await tx.first(sql<{ currency: string }>`select currency from company.company
    where id = ${companyId} and currency = any(${input.map((one) => one.currency)}::text[])`)
  if (home) {
    refuse('RATE_IS_HOME', home)
  }
  await plainly(
    'exchange rate',
    tx.run(sql`insert into company.rate (company_id, id, currency, valid_on, rate, source, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now}
      from jsonb_to_recordset(${given}::jsonb) as g (id uuid, currency text, valid_on date, rate numeric, source text)`),
  )
})
