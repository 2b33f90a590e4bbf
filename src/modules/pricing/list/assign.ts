// Assigning a list to groups of customers: they buy from it from now on, whatever list they had before.
import { command } from '#kernel/command'
import { relation, sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { list } from './list.ts'

export const AssignInput = T.object({
  groups: T.optional(T.list(T.code(), 1000)),
  byDefault: T.optional(T.boolean()),
})

export const assign = command(list.verbs.assign, AssignInput, async ({ tx, companyId, ids, input }) => {
  const groups = [...(input.groups ?? []), ...(input.byDefault ? [''] : [])]
  // Of several lists the last one named gets the groups; one list a call is what people mean.
  await assignGroups(
    tx,
    companyId,
    groups.map((group) => ({ group, list: ids.at(-1) ?? '' })),
  )
})

/** Writes which group buys from which list; '' is everybody whose group has no list. The last one given wins. */
export async function assignGroups(
  tx: Tx,
  companyId: number,
  given: readonly { group: string; list: string }[],
): Promise<void> {
  if (given.length === 0) return
  const rows = [...new Map(given.map((one) => [one.group, one])).values()]
  await tx.run(sql`insert into pricing.group_list (company_id, group_code, list_id)
    select ${companyId}, g."group", g.list from ${relation<{ group: string; list: string }>({ group: 'text', list: 'uuid' }, rows)} g
    on conflict (company_id, group_code) do update set list_id = excluded.list_id`)
}
