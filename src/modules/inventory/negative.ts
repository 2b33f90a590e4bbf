// Stock below nothing, where a waiver allows it: what, where, and for how many days (INV-13).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { conditions } from './filters.ts'

const MAY = 'inventory.balance.read'

export const negative = query('inventory.negative', {
  may: MAY,
  title: 'Negative stock and its age in days',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    warehouse: f.code(),
    location: f.code(),
    item: f.code(),
    on_hand: f.quantity(),
    since: f.date({ optional: true }),
    days: f.integer({ optional: true }),
  },
  build: (
    asked,
    context,
  ) => sql`select w.code as warehouse, l.code as location, i.code as item, trim_scale(b.on_hand)::text as on_hand, b.negative_since as since, ${context.today}::date - b.negative_since as days
    from inventory.balance b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id
    join catalog.v_item i on i.id = b.item_id left join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
   where ${conditions(asked, context, MAY)} and b.negative_since is not null order by b.negative_since, i.code, w.code`,
})
