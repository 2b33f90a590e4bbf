// What of an item can still be promised, day by day: free now, plus what comes, less what orders wait for.

import { grantsFor, warehousesOf } from '#kernel/context'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

const MAY = 'inventory.balance.read'

/**
 * One row a warehouse and day on which something changes, today first, in base units. `supply` comes on the day and
 * `demand` is wanted by then without stock (order lines by their promise, else by the day that was asked for; what is
 * late counts today). `free` and `left` run on: without and with those who wait. Goods in transfer count where they go.
 */
export const itemCurve = query('warehouse.item-curve', {
  may: MAY,
  title: 'What of an item can be promised, day by day',
  parameters: T.object({ item: T.ref('catalog.item') }),
  columns: {
    warehouse: f.code(),
    name: f.text(),
    day: f.date(),
    on_hand: f.quantity({ optional: true }),
    reserved: f.quantity({ optional: true }),
    supply: f.quantity(),
    demand: f.quantity(),
    free: f.quantity(),
    left: f.quantity(),
    sources: f.json({ optional: true }),
  },
  build: ({ item }, { companyId, today, principal }) => {
    const mine = warehousesOf(grantsFor(principal, MAY, companyId))
    return sql`with item as materialized (select id from catalog.v_item where code = ${item} or id::text = ${item}),
    change as (
      select l.warehouse_id, ${today}::date as day, sum(b.on_hand) as on_hand, sum(b.reserved) as reserved, 0::numeric as supply, 0::numeric as demand, null::jsonb as sources,
             coalesce(sum(b.on_hand - b.reserved) filter (where l.kind = 'stock' and l.state = 'active' and (t.id is null or (t.state = 'released' and (t.expires_on is null or t.expires_on > ${today}::date)))), 0) as free
        from inventory.v_balance b join inventory.v_location l on l.company_id = b.company_id and l.id = b.location_id and l.kind in ('stock', 'pack', 'dock', 'quarantine')
        left join inventory.v_lot t on t.company_id = b.company_id and t.id = b.lot_id
       where b.company_id = ${companyId} and b.item_id in (select id from item) group by 1
      union all
      select x.warehouse_id, greatest(x.due_on, ${today}::date), null, null, sum(x.quantity), 0,
             jsonb_agg(jsonb_build_object('source', x.source, 'id', x.source_id, 'quantity', trim_scale(x.quantity)::text, 'due', x.due_on) order by x.due_on, x.id), 0
        from inventory.v_expected x where x.company_id = ${companyId} and x.item_id in (select id from item) group by 1, 2
      union all
      select o.warehouse_id, greatest(coalesce(n.promise, o.requested_on, ${today}::date), ${today}::date), null, null, 0, sum(n.waiting), null, 0
        from (select d.*, d.ordered - d.shipped - d.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = d.company_id and r.source_line = d.id), 0) as waiting
                from sales.v_order_line d where d.company_id = ${companyId} and d.item_id in (select id from item) and d.kind = 'stock' and d.ordered > d.shipped + d.cancelled) n
        join sales.v_order o on o.company_id = n.company_id and o.id = n.order_id and o.state = 'confirmed'
       where n.waiting > 0 group by 1, 2
    ), by_day as (
      select warehouse_id, day, sum(on_hand) as on_hand, sum(reserved) as reserved, sum(supply) as supply, sum(demand) as demand, sum(free) as free,
             jsonb_agg(sources) filter (where sources is not null) as sources from change group by 1, 2
    )
    select w.code as warehouse, w.name, c.day, trim_scale(c.on_hand)::text as on_hand, trim_scale(c.reserved)::text as reserved, trim_scale(c.supply)::text as supply, trim_scale(c.demand)::text as demand,
           trim_scale(sum(c.free + c.supply) over run)::text as free, trim_scale(sum(c.free + c.supply - c.demand) over run)::text as left, c.sources -> 0 as sources
      from by_day c join company.v_warehouse w on w.company_id = ${companyId} and w.id = c.warehouse_id
     where (${mine ?? null}::uuid[] is null or w.id = any(${mine ?? null}::uuid[]))
    window run as (partition by w.id order by c.day) order by w.code, c.day`
  },
})
