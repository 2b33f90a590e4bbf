// A location closes for good when nothing lies in it any more.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { location } from './location.ts'

export const close = command(location.verbs.close, T.object({}), async ({ tx, companyId, set }) => {
  const full = await tx.first(sql<{ code: string; quantity: string; item: string }>`
    select l.code, trim_scale(b.on_hand)::text as quantity, i.code as item from inventory.balance b join ${set} s on s.id = b.location_id
      join inventory.location l on l.company_id = b.company_id and l.id = b.location_id join catalog.v_item i on i.id = b.item_id
     where b.company_id = ${companyId} and b.on_hand <> 0 order by i.code limit 1`)
  if (full) refuse('LOCATION_NOT_EMPTY', full)
})
