// Defining units.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { unit } from './unit.ts'

/** `dimension` is what it measures (count, mass, length...); `whole` units come in whole numbers only. */
export const UnitInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(60),
  dimension: T.code(),
  whole: T.boolean(),
})

export const create = creation(unit.verbs.create, UnitInput, async ({ tx, ids, input, now }) => {
  const given = input.map(({ code, name, dimension, whole }, at) => ({ id: ids[at], code, name, dimension, whole }))
  await plainly(
    'unit',
    tx.run(sql`insert into catalog.unit (id, code, name, dimension, whole, created_at, updated_at)
    select g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, name text, dimension text, whole boolean)`),
  )
})
