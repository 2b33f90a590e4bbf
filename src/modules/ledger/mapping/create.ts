// Mapping a role for the first time.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { mapping } from './mapping.ts'

export const MappingInput = T.object({ id: T.optional(T.id()), role: T.code(), account: T.code() })

export const create = creation(mapping.verbs.create, MappingInput, async ({ tx, companyId, ids, input, now }) => {
  const given = relation(
    { id: 'uuid', role: 'text', account: 'text' },
    input.map((one, at) => ({ ...one, id: ids[at] })),
  )
  const unknown = await plainly(
    'role',
    tx.first(sql<{ account: string }>`with given as materialized (select * from ${given} g), added as (
        insert into ledger.mapping (company_id, id, role, account, created_at, updated_at)
        select ${companyId}, g.id, g.role, a.code, ${now}, ${now} from given g
          join ledger.account a on a.company_id = ${companyId} and a.code = g.account and a.state = 'active'
        returning role
      )
      select g.account from given g where not exists (select from added a where a.role = g.role) limit 1`),
  )
  if (unknown) refuse('ACCOUNT_UNKNOWN', unknown)
})
