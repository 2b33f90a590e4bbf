// Creating a branch.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { plainly } from '../refusals.ts'
import { branch } from './branch.ts'

export const BranchInput = T.object({ id: T.optional(T.id()), code: T.code(), name: T.text(120) })

export const create = creation(branch.verbs.create, BranchInput, async ({ tx, companyId, ids, input, now }) => {
  await plainly(
    'branch',
    tx.run(sql`insert into company.branch (company_id, id, code, name, created_at, updated_at)
    select ${companyId}, id, code, name, ${now}, ${now}
      from unnest(${ids}::uuid[], ${input.map((one) => one.code)}::text[], ${input.map((one) => one.name)}::text[]) as g (id, code, name)`),
  )
})
