// Setting the first margin floor of a category, or of everything that has none of its own.
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { lookUp } from '../condition/codes.ts'
import { NIL } from '../price.ts'
import { refuse } from '../refusals.ts'
import { floor } from './margin-floor.ts'

/** `percent` of the net price, -100 to 100; without `category` it is the floor of every category that has none. */
export const CreateInput = T.object({
  id: T.optional(T.id()),
  category: T.optional(T.ref('catalog.category')),
  percent: T.signedQuantity(),
})

export const create = creation(floor.verbs.create, CreateInput, async ({ tx, companyId, ids, input, now }) => {
  for (const one of input) checkRange(one.percent)
  const codes = await lookUp(tx, companyId, input)
  const rows = input.map((one, at) => ({
    id: ids[at],
    category: one.category === undefined ? NIL : codes.category(one.category),
    percent: one.percent,
  }))
  try {
    await tx.run(sql`insert into pricing.margin_floor (company_id, id, category_id, code, percent, created_at, updated_at)
      select ${companyId}, g.id, g.category, coalesce((select c.code from catalog.v_category c where c.id = g.category), ''), g.percent, ${now}, ${now}
        from ${relation<{ id: string; category: string; percent: string }>({ id: 'uuid', category: 'uuid', percent: 'numeric' }, rows)} g`)
  } catch (error) {
    if (errorCode(error) === '23505') {
      refuse('MARGIN_FLOOR_EXISTS', { category: input.map((one) => one.category ?? 'every other category').join(', ') })
    }
    throw error
  }
})

/** Refuses what no margin can be. */
export function checkRange(percent: string): void {
  if (compareDecimals(percent, '-100') < 0 || compareDecimals(percent, '100') > 0)
    refuse('MARGIN_FLOOR_RANGE', { percent })
}
