// Retiring a node of the taxonomy that nothing hangs on any more.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { category } from './category.ts'
import { refuseLocalChange } from './enterprise-only.ts'

export const retire = command(category.verbs.retire, T.object({}), async ({ tx, context, set }) => {
  refuseLocalChange(context, category.verbs.retire)
  const used = await tx.first(sql<{ code: string; what: string }>`
    select c.code, case when exists (select from catalog.item i where i.category_id = c.id and i.state in ('draft', 'active')) then 'items' else 'categories below it' end as what
      from catalog.category c join ${set} s on s.id = c.id
     where exists (select from catalog.item i where i.category_id = c.id and i.state in ('draft', 'active'))
        or exists (select from catalog.category o where o.parent_id = c.id and o.state = 'active') limit 1`)
  if (used) {
    refuse('CATEGORY_IN_USE', used)
  }
})
