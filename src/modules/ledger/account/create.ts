// Creating an account. `control` names the sub-ledger that keeps it; 'none' is an account that people post to.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { ACCOUNT_TYPES, account } from './account.ts'

export const AccountInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  type: T.choice(ACCOUNT_TYPES),
  control: T.optional(T.code()),
})

export const create = creation(account.verbs.create, AccountInput, async ({ tx, companyId, ids, input, now }) => {
  const given = relation(
    { id: 'uuid', code: 'text', name: 'text', type: 'text', control: 'text' },
    input.map((one, at) => ({ ...one, id: ids[at] })),
  )
  await plainly(
    'account',
    tx.run(sql`insert into ledger.account (company_id, id, code, name, type, control, created_at, updated_at)
      select ${companyId}, g.id, g.code, g.name, g.type, coalesce(g.control, 'none'), ${now}, ${now} from ${given} g`),
  )
})
