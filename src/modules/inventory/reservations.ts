// Who holds which stock, why, and what would free it (INV-05). The warehouse's question of the same kind names the orders.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { conditions } from './filters.ts'

const MAY = 'inventory.reservation.read'

export const reservations = query('inventory.reservations', {
  may: MAY,
  title: 'Which line holds which stock, and what would free it',
  parameters: T.object({
    item: T.optional(T.ref('catalog.item')),
    warehouse: T.optional(T.ref('company.warehouse')),
    lot: T.optional(T.ref('inventory.lot')),
    source: T.optional(T.idOf('sales.order')),
  }),
  columns: {
    source: f.text(),
    source_id: f.text(),
    source_line: f.text({ optional: true }),
    item: f.code(),
    lot: f.code({ optional: true }),
    warehouse: f.code(),
    location: f.code(),
    kind: f.text(),
    quantity: f.quantity(),
    reason: f.text(),
    created_at: f.instant(),
    freed_by: f.text({ optional: true }),
  },
  build: (
    asked,
    context,
  ) => sql`select b.source, b.source_id, b.source_line, i.code as item, t.code as lot, w.code as warehouse, l.code as location, l.kind,
      trim_scale(b.quantity)::text as quantity, b.reason, b.created_at,
      case when l.kind = 'stock' then 'Ship it, cancel or lower the line, or take its stock away'
           else 'It is on its way: ship it, or cancel its shipment to bring it back' end as freed_by
    from inventory.reservation b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id
    join catalog.v_item i on i.id = b.item_id left join company.v_warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id
    left join inventory.lot t on t.company_id = b.company_id and t.id = b.lot_id
   where ${conditions(asked, context, MAY)} and (${asked.source ?? null}::uuid is null or b.source_id = ${asked.source ?? null}::uuid)
   order by b.created_at, b.id`,
})
