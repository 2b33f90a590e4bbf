// Adding a currency. Its places never change: amounts are already written in them.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { plainly } from '../refusals.ts'
import { currency } from './currency.ts'

/** `digits`: the places of the smallest coin (ISO 4217 exponent): 2 for USD, 0 for JPY, 3 for KWD. */
export const CurrencyInput = T.object({
  id: T.optional(T.id()),
  code: Type.String({ pattern: '^[A-Z]{3}$' }),
  name: T.text(60),
  digits: T.integer(0, 4),
})

export const create = creation(currency.verbs.create, CurrencyInput, async ({ tx, ids, input, now }) => {
  const given = JSON.stringify(
    input.map((one, at) => ({ id: ids[at], code: one.code, name: one.name, digits: one.digits })),
  )
  await plainly(
    'currency',
    tx.run(sql`insert into company.currency (id, code, name, digits, created_at, updated_at)
    select g.*, ${now}, ${now} from jsonb_to_recordset(${given}::jsonb) as g (id uuid, code text, name text, digits int)`),
  )
})
