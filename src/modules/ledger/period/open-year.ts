// Opening a year makes its twelve months, and the places where their postings will be kept.
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { period } from './period.ts'

/** The year that begins in `year`, on the first of `startMonth` (1 when left out). */
export const YearInput = T.object({
  id: T.optional(T.id()),
  year: T.integer(1990, 2199),
  startMonth: T.optional(T.integer(1, 12)),
})

/** The months of a year as `YYYY-MM`, from the one in which it starts. */
export function monthsOf(year: number, startMonth = 1): readonly string[] {
  return Array.from({ length: 12 }, (_, at) => {
    const month = startMonth + at
    return `${month > 12 ? year + 1 : year}-${String(month > 12 ? month - 12 : month).padStart(2, '0')}`
  })
}

export const openYear = creation(period.verbs['open-year'], YearInput, async (call) => {
  const { tx, companyId, ids, input, now } = call
  // The first month has the id that the envelope knows; the other eleven get their own, and their own audit below.
  const months = input.flatMap((one, at) =>
    monthsOf(one.year, one.startMonth).map((code, n) => ({
      id: n === 0 ? (ids[at] ?? newId()) : newId(),
      code,
      input: one,
    })),
  )
  try {
    await tx.run(sql`insert into ledger.period (company_id, id, code, starts, ends, created_at, updated_at)
      select ${companyId}, m.id, m.code, (m.code || '-01')::date, ((m.code || '-01')::date + interval '1 month - 1 day')::date, ${now}, ${now}
        from ${relation({ id: 'uuid', code: 'text' }, months)} m`)
  } catch (error) {
    if (errorCode(error) === '23505' || errorCode(error) === '23P01')
      refuse('PERIOD_EXISTS', { starts: `${months[0]?.code}-01` })
    throw error
  }
  const others = months.filter((one) => !ids.includes(one.id))
  await Promise.all([
    tx.run(
      sql`select kernel.open_month((code || '-01')::date) from unnest(${months.map((one) => one.code)}::text[]) as m (code)`,
    ),
    audit(
      tx,
      call.context,
      period.verbs['open-year'],
      others.map((one) => ({ id: one.id, from: null, to: 'open', changes: undefined, input: one.input })),
    ),
  ])
  return { result: { periods: months.map(({ id, code }) => ({ id, code })) } }
})
