// What there is of every item, one row each: on hand, promised, free, and what comes next.

import { grantsFor, warehousesOf } from '#kernel/context'
import { join, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

const MAY = 'inventory.balance.read'

/**
 * Stocked items by code, a page at a time: `after` is the last code of the page before. `q` is any part of code or name, `item` is one of them.
 * Quantities in base units, over the warehouses that the asker may see or the one that was named; goods in quarantine,
 * expired or blocked are on hand and not free.
 */
export const items = query('inventory.items', {
  may: MAY,
  title: 'What there is of every item',
  parameters: T.object({
    q: T.optional(T.text(80)),
    item: T.optional(T.ref('catalog.item')),
    warehouse: T.optional(T.ref('company.warehouse')),
    stocked: T.optional(T.boolean()),
    after: T.optional(T.code()),
    limit: T.optional(T.integer(1, 500)),
  }),
  columns: {
    id: f.ref('catalog.item'),
    item: f.code(),
    name: f.text(),
    class: f.text(),
    unit: f.code(),
    on_hand: f.quantity(),
    reserved: f.quantity(),
    free: f.quantity(),
    expected: f.quantity(),
    next_due: f.date({ optional: true }),
    warehouses: f.integer(),
  },
  build: ({ q, item, warehouse, stocked, after, limit }, context) => {
    const mine = warehousesOf(grantsFor(context.principal, MAY, context.companyId))
    const like = q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null
    const seen = join(
      [
        sql`w.company_id = ${context.companyId}`,
        ...(warehouse ? [sql`(w.code = ${warehouse} or w.id::text = ${warehouse})`] : []),
        ...(mine ? [sql`w.id = any(${mine}::uuid[])`] : []),
      ],
      ' and ',
    )
    return sql`with seen as materialized (select w.id from company.v_warehouse w where ${seen})
      select i.id, i.code as item, i.name, i.class, i.base_unit as unit, trim_scale(coalesce(n.on_hand, 0))::text as on_hand, trim_scale(coalesce(n.reserved, 0))::text as reserved,
             trim_scale(coalesce(n.free, 0))::text as free, trim_scale(coalesce(e.quantity, 0))::text as expected, e.next_due, coalesce(n.warehouses, 0)::int as warehouses
        from catalog.v_item i
        left join lateral (
          select sum(b.on_hand) as on_hand, sum(b.reserved) as reserved, count(distinct l.warehouse_id) filter (where b.on_hand <> 0) as warehouses,
                 sum(b.on_hand - b.reserved) filter (where l.kind = 'stock' and l.state = 'active' and (t.id is null or (t.state = 'released' and (t.expires_on is null or t.expires_on > ${context.today}::date)))) as free
            from inventory.balance b join inventory.location l on l.company_id = b.company_id and l.id = b.location_id and l.kind in ('stock', 'pack', 'dock', 'quarantine') and l.warehouse_id in (select id from seen)
            left join inventory.lot t on t.company_id = b.company_id and t.id = b.lot_id
           where b.company_id = ${context.companyId} and b.item_id = i.id
        ) n on true
        left join lateral (
          select sum(x.quantity) as quantity, min(greatest(x.due_on, ${context.today}::date)) as next_due from inventory.expected x
           where x.company_id = ${context.companyId} and x.item_id = i.id and x.warehouse_id in (select id from seen)
        ) e on true
       where i.kind = 'stock' and i.state in ('active', 'obsolete') and (${after ?? null}::text is null or i.code > ${after ?? null})
         and (${item ?? null}::text is null or i.code = ${item ?? null} or i.id::text = ${item ?? null})
         and (${like}::text is null or i.code ilike ${like} or i.name ilike ${like})
         and (not ${stocked ?? false}::boolean or n.on_hand <> 0 or e.quantity <> 0)
       order by i.code limit ${limit ?? 200}`
  },
})
