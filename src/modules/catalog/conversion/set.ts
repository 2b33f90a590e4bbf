// Recording what one unit is in another; items that are created from now on take their factors from it.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { conversion } from './conversion.ts'

/** One `from` is num/den `to`. */
export const ConversionInput = T.object({
  id: T.optional(T.id()),
  from: T.code(),
  to: T.code(),
  num: T.integer(1, 1_000_000_000_000),
  den: T.integer(1, 1_000_000_000_000),
})

export const set = creation(conversion.verbs.set, ConversionInput, async ({ tx, ids, input, now }) => {
  const own = input.find((one) => one.from === one.to)
  if (own) {
    refuse('UNIT_CIRCLE', { unit: own.from })
  }
  const given = input.map((one, at) => ({
    id: ids[at],
    from_unit: one.from,
    to_unit: one.to,
    num: one.num,
    den: one.den,
  }))
  await plainly(
    'conversion',
    tx.run(sql`insert into catalog.conversion (id, from_unit, to_unit, num, den, created_at, updated_at)
    select id, from_unit, to_unit, num / gcd(num, den), den / gcd(num, den), ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, from_unit text, to_unit text, num bigint, den bigint)`),
  )
})
