// The whole life of a lot or a serial number: where it came from, where it was, where it went (INV-08).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** `direction` in: entered our places (upstream); inside: moved between them; out: left them (downstream). Oldest first. */
export const trace = query('inventory.trace', {
  may: 'inventory.lot.read',
  title: 'Where a lot or serial number came from and went',
  parameters: T.object({ lot: T.ref('inventory.lot'), item: T.optional(T.ref('catalog.item')) }),
  columns: {
    item: f.code(),
    lot: f.code({ optional: true }),
    state: f.text({ optional: true }),
    expires_on: f.date({ optional: true }),
    day: f.date(),
    event: f.text(),
    direction: f.text(),
    quantity: f.quantity(),
    from_place: f.text({ optional: true }),
    from_warehouse: f.text({ optional: true }),
    to_place: f.text({ optional: true }),
    to_warehouse: f.text({ optional: true }),
    source: f.text({ optional: true }),
    source_id: f.text({ optional: true }),
    source_line: f.text({ optional: true }),
    moved_by: f.ref('access.account', { optional: true }),
    moved_at: f.instant(),
  },
  build: (
    { lot, item },
    { companyId },
  ) => sql`select i.code as item, t.code as lot, t.state, t.expires_on, m.posting_date as day, m.event,
      case when f.kind in ('supplier', 'opening', 'customer') or (f.kind in ('adjustment', 'scrap') and g.kind not in ('adjustment', 'scrap')) then 'in'
           when g.kind in ('customer', 'supplier', 'adjustment', 'scrap', 'opening') then 'out' else 'inside' end as direction,
      trim_scale(m.quantity)::text as quantity, f.name as from_place, fw.code as from_warehouse, g.name as to_place, gw.code as to_warehouse,
      m.source, m.source_id, m.source_line, m.moved_by, m.moved_at
    from inventory.lot t join catalog.v_item i on i.id = t.item_id
    join inventory.move m on m.company_id = t.company_id and m.lot_id = t.id
    join inventory.location f on f.company_id = m.company_id and f.id = m.from_id left join company.v_warehouse fw on fw.company_id = f.company_id and fw.id = f.warehouse_id
    join inventory.location g on g.company_id = m.company_id and g.id = m.to_id left join company.v_warehouse gw on gw.company_id = g.company_id and gw.id = g.warehouse_id
   where t.company_id = ${companyId} and (t.code = ${lot} or t.id::text = ${lot}) and (${item ?? null}::text is null or i.code = ${item ?? null} or i.id::text = ${item ?? null})
   order by m.moved_at, m.id`,
})
