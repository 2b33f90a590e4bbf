// Setting rates, in one call as many as the law has changed: each ends the one before it.
import { creation } from '#kernel/command'
import { parseDate } from '#kernel/dates'
import { errorCode, sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { requireCodes } from '../code/known-codes.ts'
import { refuse } from '../refusals.ts'
import { rate } from './rate.ts'

/** `percent` as people say it: '19' is 19 percent. It holds from `from` until the next rate of the code. */
export const RateInput = T.object({ id: T.optional(T.id()), code: T.code(), from: T.date(), percent: T.percent() })

type Clash = { code: string; from: string }

export const set = creation(rate.verbs.set, RateInput, async ({ tx, companyId, ids, input, now }) => {
  await requireCodes(
    tx,
    companyId,
    input.map((one) => one.code),
  )
  for (const { code, from, percent } of input) {
    parseDate(from)
    if (compareDecimals(percent, '100') > 0) refuse('TAX_RATE_TOO_HIGH', { code, percent })
  }
  const given = JSON.stringify(
    input.map((one, at) => ({ id: ids[at], code: one.code, starts: one.from, percent: one.percent })),
  )
  const starting = sql`select * from jsonb_to_recordset(${given}::jsonb) as g (id uuid, code text, starts date, percent numeric)`
  // Only the last rate of a code is ever cut short: one that begins on the same day or later would be rewritten history.
  const clash =
    await tx.first(sql<Clash>`select r.code, lower(r.valid)::text as from from tax.rate r join ${starting} g on g.code = r.code
    where r.company_id = ${companyId} and r.state = 'active' and lower(r.valid) >= g.starts limit 1`)
  if (clash) {
    refuse('TAX_RATE_OVERLAPS', clash)
  }
  try {
    await tx.run(sql`update tax.rate r set valid = daterange(lower(r.valid), g.first), version = r.version + 1, updated_at = ${now}
      from (select code, min(starts) as first from ${starting} g group by code) g
      where r.company_id = ${companyId} and r.code = g.code and r.state = 'active' and r.valid @> g.first`)
    await tx.run(sql`insert into tax.rate (company_id, id, code, valid, rate, created_at, updated_at)
      select ${companyId}, id, code, daterange(starts, lead(starts) over (partition by code order by starts)), trim_scale(percent / 100), ${now}, ${now} from ${starting} g`)
  } catch (error) {
    if (errorCode(error) === '23P01' || errorCode(error) === '23514') {
      refuse('TAX_RATE_OVERLAPS', { code: input.map((one) => one.code).join(', '), from: 'the same day' })
    }
    throw error
  }
})
