// What can be promised, and when: on hand, promised, free, and how expected supply adds to it day by day (ORD-14).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { conditions } from './filters.ts'

const MAY = 'inventory.balance.read'

/** One row a day on which something changes, today first. `available` runs on: free today plus all that is due by then. */
export const available = query('inventory.available', {
  may: MAY,
  title: 'What can be promised, and by when',
  parameters: T.object({ item: T.ref('catalog.item'), warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    warehouse: f.code(),
    day: f.text(),
    on_hand: f.quantity(),
    reserved: f.quantity(),
    free: f.quantity(),
    expected: f.quantity(),
    available: f.quantity(),
    supply: f.json({ optional: true }),
  },
  build: (asked, context) => sql`with now as (
      select l.warehouse_id, sum(b.on_hand) as on_hand, sum(b.reserved) as reserved,
             coalesce(sum(b.on_hand - b.reserved) filter (where l.kind = 'stock' and l.state = 'active' and (t.id is null or (t.state = 'released' and (t.expires_on is null or t.expires_on > ${context.today}::date)))), 0) as free
        from inventory.balance b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id and l.kind in ('stock', 'pack', 'dock', 'quarantine')
        left join inventory.lot t on t.company_id = b.company_id and t.id = b.lot_id
       where ${conditions(asked, context, MAY)} group by l.warehouse_id
    ), due as (
      select b.warehouse_id, greatest(b.due_on, ${context.today}::date) as day, sum(b.quantity) as quantity, jsonb_agg(jsonb_build_object('source', b.source, 'id', b.source_id, 'quantity', b.quantity::text, 'due', b.due_on) order by b.due_on, b.id) as supply
        from inventory.expected b cross join lateral (select b.warehouse_id) l
       where ${conditions(asked, context, MAY)} group by 1, 2
    ), curve as (
      select warehouse_id, ${context.today}::date as day, on_hand, reserved, free, 0::numeric as expected, null::jsonb as supply from now
      union all
      select warehouse_id, day, null, null, null, quantity, supply from due
    )
    select w.code as warehouse, c.day::text as day, trim_scale(max(c.on_hand))::text as on_hand, trim_scale(max(c.reserved))::text as reserved, trim_scale(max(c.free))::text as free,
           trim_scale(sum(c.expected))::text as expected,
           trim_scale(sum(coalesce(max(c.free), 0) + sum(c.expected)) over (partition by w.code order by c.day))::text as available,
           jsonb_agg(c.supply) filter (where c.supply is not null) as supply
      from curve c join company.v_warehouse w on w.company_id = ${context.companyId} and w.id = c.warehouse_id
     group by w.code, c.day order by w.code, c.day`,
})
