// Withdrawing a price list: nobody may be left buying from it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { list } from './list.ts'

export const withdraw = command(list.verbs.withdraw, T.object({}), async ({ tx, companyId, set }) => {
  const used = await tx.first(sql<{ list: string; groups: string }>`
    select l.code as list, string_agg(case g.group_code when '' then 'no group' else g.group_code end, ', ' order by g.group_code) as groups
      from ${set} s join pricing.group_list g on g.company_id = ${companyId} and g.list_id = s.id
      join pricing.list l on l.company_id = g.company_id and l.id = g.list_id
     group by l.code order by l.code limit 1`)
  if (used) refuse('PRICE_LIST_IN_USE', used)
})
