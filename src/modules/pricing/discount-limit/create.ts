// Setting the first discount limit of a role.
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { discountLimit } from './discount-limit.ts'

export const CreateInput = T.object({ id: T.optional(T.id()), role: T.code(), percent: T.percent() })

export const create = creation(discountLimit.verbs.create, CreateInput, async ({ tx, companyId, ids, input, now }) => {
  input.forEach((one, at) => {
    checkPercent(one.percent, at + 1)
  })
  const rows = input.map((one, at) => ({ id: ids[at], role: one.role, percent: one.percent }))
  try {
    await tx.run(sql`insert into pricing.discount_limit (company_id, id, role, percent, created_at, updated_at)
      select ${companyId}, g.id, g.role, g.percent, ${now}, ${now}
        from ${relation<{ id: string; role: string; percent: string }>({ id: 'uuid', role: 'text', percent: 'numeric' }, rows)} g`)
  } catch (error) {
    if (errorCode(error) === '23505') refuse('DISCOUNT_LIMIT_EXISTS', { role: rows.map((row) => row.role).join(', ') })
    throw error
  }
})

/** Refuses more than 100 percent. */
export function checkPercent(percent: string, at: number): void {
  if (compareDecimals(percent, '100') > 0) {
    refuse('CONDITION_AMOUNT', { at, problem: `a discount of ${percent} % is more than everything. Give 100 or less.` })
  }
}
