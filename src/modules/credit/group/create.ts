// Creating a credit group, with a shared limit of 0 until change-limit gives one.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { group } from './group.ts'

/** `currency` is that of every account in the group. */
export const CreateInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})

export const create = creation(group.verbs.create, CreateInput, async ({ tx, companyId, ids, input, now }) => {
  const rows = input.map((one, at) => ({ id: ids[at], code: one.code, name: one.name, currency: one.currency }))
  const given = relation<{ id: string; code: string; name: string; currency: string }>(
    { id: 'uuid', code: 'text', name: 'text', currency: 'text' },
    rows,
  )
  try {
    await tx.run(sql`insert into credit.group_limit (company_id, id, code, name, currency, credit_limit, created_at, updated_at)
      select ${companyId}, g.id, g.code, g.name, g.currency, 0, ${now}, ${now} from ${given} g`)
  } catch (error) {
    if (errorCode(error) === '23505')
      refuse('CREDIT_GROUP_CODE_TAKEN', { code: rows.map((row) => row.code).join(', ') })
    if (errorCode(error) === '23503') {
      refuseKernel('UNKNOWN_CODE', {
        entity: 'currency',
        code: [...new Set(rows.map((row) => row.currency))].join(', '),
      })
    }
    throw error
  }
})
