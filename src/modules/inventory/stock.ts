// How much is where: now, or as it was at the end of any day, by replaying the moves since (INV-16).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { conditions } from './filters.ts'
import { OWN_PLACES } from './move.ts'

const MAY = 'inventory.balance.read'

/** Quantities in base units. With `on`, promises are not told: they leave no history. Days count by posting date. */
export const stock = query('inventory.stock', {
  may: MAY,
  title: 'Stock by item, place and lot, today or on a day',
  parameters: T.object({
    item: T.optional(T.ref('catalog.item')),
    warehouse: T.optional(T.ref('company.warehouse')),
    location: T.optional(T.ref('inventory.location')),
    lot: T.optional(T.ref('inventory.lot')),
    on: T.optional(T.date()),
  }),
  columns: {
    warehouse: f.code({ optional: true }),
    location: f.code(),
    kind: f.text(),
    item: f.code(),
    name: f.text(),
    lot: f.code({ optional: true }),
    expires_on: f.date({ optional: true }),
    lot_state: f.text({ optional: true }),
    on_hand: f.quantity(),
    reserved: f.quantity(),
    available: f.quantity(),
  },
  build: (asked, context) => {
    const where = conditions(asked, context, MAY)
    const since =
      asked.on === undefined
        ? sql``
        : sql`
      union all
      select b.to_id, b.item_id, b.lot_id, -b.quantity, 0 from inventory.move b join inventory.location l on l.company_id = b.company_id and l.id = b.to_id and l.kind in ${OWN_PLACES}
       where ${where} and b.posting_date > ${asked.on}::date
      union all
      select b.from_id, b.item_id, b.lot_id, b.quantity, 0 from inventory.move b join inventory.location l on l.company_id = b.company_id and l.id = b.from_id and l.kind in ${OWN_PLACES}
       where ${where} and b.posting_date > ${asked.on}::date`
    return sql`with stand as (
        select b.location_id, b.item_id, b.lot_id, b.on_hand, b.reserved from inventory.balance b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id
         where ${where}${since}
      ), summed as (
        select location_id, item_id, lot_id, sum(on_hand) as on_hand, sum(reserved) as reserved from stand group by 1, 2, 3 having sum(on_hand) <> 0 or sum(reserved) <> 0
      )
      select w.code as warehouse, l.code as location, l.kind, i.code as item, i.name, t.code as lot, t.expires_on, t.state as lot_state,
             trim_scale(s.on_hand)::text as on_hand,
             case when ${asked.on ?? null}::date is null then trim_scale(s.reserved)::text end as reserved,
             case when ${asked.on ?? null}::date is null then trim_scale(case when l.kind = 'stock' and l.state = 'active' and coalesce(t.state, 'released') = 'released' then s.on_hand - s.reserved else 0 end)::text end as available
        from summed s join inventory.location l on l.company_id = ${context.companyId} and l.id = s.location_id
        join catalog.v_item i on i.id = s.item_id left join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
        left join inventory.lot t on t.company_id = l.company_id and t.id = s.lot_id
       order by i.code, w.code, l.code, t.code`
  },
})
