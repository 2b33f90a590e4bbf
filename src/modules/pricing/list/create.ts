// Creating a price list, with the groups that buy from it.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { checkCurrencies } from '../condition/codes.ts'
import { refuse } from '../refusals.ts'
import { assignGroups } from './assign.ts'
import { list } from './list.ts'

/** `groups` buy from this list from now on; `byDefault` makes it the list of everybody whose group has none. */
export const CreateInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  groups: T.optional(T.list(T.code(), 1000)),
  byDefault: T.optional(T.boolean()),
})

export const create = creation(list.verbs.create, CreateInput, async ({ tx, companyId, ids, input, now }) => {
  await checkCurrencies(tx, [...new Set(input.map((one) => one.currency))])
  const rows = input.map((one, at) => ({ id: ids[at], code: one.code, name: one.name, currency: one.currency }))
  const given = relation<{ id: string; code: string; name: string; currency: string }>(
    { id: 'uuid', code: 'text', name: 'text', currency: 'text' },
    rows,
  )
  try {
    await tx.run(sql`insert into pricing.list (company_id, id, code, name, currency, created_at, updated_at)
      select ${companyId}, g.id, g.code, g.name, g.currency, ${now}, ${now} from ${given} g`)
  } catch (error) {
    if (errorCode(error) === '23505') refuse('PRICE_LIST_CODE_TAKEN', { code: rows.map((row) => row.code).join(', ') })
    throw error
  }
  await assignGroups(
    tx,
    companyId,
    input.flatMap((one, at) =>
      [...(one.groups ?? []), ...(one.byDefault ? [''] : [])].map((group) => ({ group, list: ids[at] ?? '' })),
    ),
  )
})
