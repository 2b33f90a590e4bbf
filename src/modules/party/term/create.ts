// Creating a payment term.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { term } from './term.ts'

/** Days count from the invoice date, or from the end of its month with `endOfMonth`; the discount in percent of the total. */
export const termFields = {
  dueDays: T.optional(T.integer(0, 365)),
  endOfMonth: T.optional(T.boolean()),
  discountPercent: T.optional(T.percent()),
  discountDays: T.optional(T.integer(0, 365)),
  prepaid: T.optional(T.boolean()),
}
export const TermInput = T.object({ id: T.optional(T.id()), code: T.code(), name: T.text(120), ...termFields })

export const create = creation(term.verbs.create, TermInput, async ({ tx, companyId, ids, input, now }) => {
  const given = input.map((one, at) => ({
    id: ids[at],
    code: one.code,
    name: one.name,
    due_days: one.dueDays ?? 30,
    end_of_month: one.endOfMonth ?? false,
    discount_percent: one.discountPercent ?? '0',
    discount_days: one.discountDays ?? 0,
    prepaid: one.prepaid ?? false,
  }))
  const written = plainly(
    'payment term',
    tx.run(sql`insert into party.term (company_id, id, code, name, due_days, end_of_month, discount_percent, discount_days, prepaid, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, name text,
      due_days int, end_of_month boolean, discount_percent numeric, discount_days int, prepaid boolean)`),
  )
  await unlessDaysWrong(input.map((one) => one.code).join(', '), written)
})

/** Waits for a write and refuses with TERM_DAYS where the table says that days and percent do not fit. */
export async function unlessDaysWrong(code: string, written: Promise<number>): Promise<void> {
  try {
    await written
  } catch (error) {
    if (errorCode(error) === '23514') {
      refuse('TERM_DAYS', { code })
    }
    throw error
  }
}
