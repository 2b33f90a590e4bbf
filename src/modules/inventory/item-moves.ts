// Every move that an item ever made, the latest first, with the document that moved it.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { conditions } from './filters.ts'

const MAY = 'inventory.balance.read'

/**
 * `change` is what our places gained or lost in base units; nothing for a move inside. `until` is the last day told.
 * `before` and `beforeId` are the instant and id of the last row of the page before.
 */
export const itemMoves = query('inventory.item-moves', {
  may: MAY,
  title: 'Every move of an item, the latest first',
  parameters: T.object({
    item: T.ref('catalog.item'),
    warehouse: T.optional(T.ref('company.warehouse')),
    until: T.optional(T.date()),
    before: T.optional(T.instant()),
    beforeId: T.optional(T.idOf('inventory.move')),
    limit: T.optional(T.integer(1, 500)),
  }),
  columns: {
    id: f.text(),
    day: f.date(),
    moved_at: f.instant(),
    event: f.text(),
    quantity: f.quantity(),
    change: f.quantity({ optional: true }),
    from_place: f.text(),
    from_warehouse: f.text({ optional: true }),
    to_place: f.text(),
    to_warehouse: f.text({ optional: true }),
    lot: f.text({ optional: true }),
    source: f.text({ optional: true }),
    source_id: f.text({ optional: true }),
    moved_by: f.ref('access.account', { optional: true }),
  },
  build: ({ until, before, beforeId, limit, ...asked }, context) => sql`
    select m.id, m.posting_date as day, m.moved_at, m.event, trim_scale(m.quantity)::text as quantity,
           case when g.own and not p.own then trim_scale(m.quantity) when p.own and not g.own then -trim_scale(m.quantity) end::text as change,
           p.name as from_place, pw.code as from_warehouse, g.name as to_place, gw.code as to_warehouse, t.code as lot, m.source, m.source_id, m.moved_by
      from (select b.* from inventory.move b
             where b.company_id = ${context.companyId} and b.item_id in (select i.id from catalog.v_item i where i.code = ${asked.item} or i.id::text = ${asked.item})
               and (${until ?? null}::date is null or b.posting_date <= ${until ?? null}::date)
               and (${before ?? null}::timestamptz is null or (b.moved_at, b.id) < (${before ?? null}::timestamptz, ${beforeId ?? null}::uuid))
               and exists (select from inventory.location l where l.company_id = b.company_id and l.id in (b.from_id, b.to_id) and ${conditions(asked, context, MAY)})
             order by b.moved_at desc, b.id desc limit ${limit ?? 100}) m
      join (select *, kind in ('stock', 'pack', 'dock', 'quarantine') as own from inventory.location) p on p.company_id = m.company_id and p.id = m.from_id
      left join company.v_warehouse pw on pw.company_id = p.company_id and pw.id = p.warehouse_id
      join (select *, kind in ('stock', 'pack', 'dock', 'quarantine') as own from inventory.location) g on g.company_id = m.company_id and g.id = m.to_id
      left join company.v_warehouse gw on gw.company_id = g.company_id and gw.id = g.warehouse_id
      left join inventory.lot t on t.company_id = m.company_id and t.id = m.lot_id
     order by m.moved_at desc, m.id desc`,
})
