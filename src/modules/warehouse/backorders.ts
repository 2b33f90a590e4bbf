// What orders wait for: item by item with what would help, and line by line with who would be served first (ORD-11).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

const MAY = 'sales.order.read'

/** Lines of confirmed orders that have less stock than they still need, in base units. */
const waiting = (companyId: number) => sql`
  select n.company_id, n.id, n.order_id, n.line, n.item_id, n.promise, n.allocation, o.number, o.customer_id, o.warehouse_id, o.requested_on, o.ordered_on,
         n.ordered - n.shipped - n.cancelled as open, coalesce(r.quantity, 0) as reserved
    from sales.v_order_line n join sales.v_order o on o.company_id = n.company_id and o.id = n.order_id and o.state = 'confirmed'
    left join lateral (select sum(v.quantity) as quantity from inventory.v_reservation v where v.company_id = n.company_id and v.source_line = n.id) r on true
   where n.company_id = ${companyId} and n.kind = 'stock' and n.ordered > n.shipped + n.cancelled and n.ordered - n.shipped - n.cancelled > coalesce(r.quantity, 0)`

/** One row an item and warehouse that somebody waits for, the longest waiting first. `free` could be given at once; `wanted` is what lacks. */
export const backorders = query('warehouse.backorders', {
  may: MAY,
  title: 'Items that orders wait for',
  parameters: T.object({ warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    item_id: f.ref('catalog.item'),
    item: f.code(),
    name: f.text(),
    unit: f.code(),
    warehouse_id: f.ref('company.warehouse'),
    warehouse: f.code(),
    wanted: f.quantity(),
    lines: f.integer(),
    orders: f.integer(),
    late: f.integer(),
    oldest: f.date(),
    free: f.quantity(),
    held: f.quantity(),
    expected: f.quantity(),
    next_due: f.date({ optional: true }),
  },
  build: ({ warehouse }, { companyId, today }) => sql`with short as materialized (
      select n.item_id, n.warehouse_id, sum(n.open - n.reserved) as wanted, count(*)::int as lines, count(distinct n.order_id)::int as orders,
             count(*) filter (where n.promise is null or n.promise < ${today}::date)::int as late, min(n.ordered_on) as oldest
        from (${waiting(companyId)}) n group by 1, 2
    )
    select s.item_id, i.code as item, i.name, i.base_unit as unit, s.warehouse_id, w.code as warehouse, trim_scale(s.wanted)::text as wanted, s.lines, s.orders, s.late, s.oldest,
           trim_scale(coalesce(b.free, 0))::text as free, trim_scale(coalesce(b.held, 0))::text as held, trim_scale(coalesce(e.quantity, 0))::text as expected, e.next_due
      from short s join catalog.v_item i on i.id = s.item_id join company.v_warehouse w on w.company_id = ${companyId} and w.id = s.warehouse_id
      left join lateral (select sum(b.reserved) as held, sum(b.on_hand - b.reserved) filter (where l.kind = 'stock' and l.state = 'active' and (t.id is null or (t.state = 'released' and (t.expires_on is null or t.expires_on > ${today}::date)))) as free
          from inventory.v_balance b join inventory.v_location l on l.company_id = b.company_id and l.id = b.location_id and l.warehouse_id = s.warehouse_id and l.kind in ('stock', 'pack', 'dock', 'quarantine')
          left join inventory.v_lot t on t.company_id = b.company_id and t.id = b.lot_id where b.company_id = ${companyId} and b.item_id = s.item_id) b on true
      left join lateral (select sum(x.quantity) as quantity, min(greatest(x.due_on, ${today}::date)) as next_due from inventory.v_expected x
         where x.company_id = ${companyId} and x.item_id = s.item_id and x.warehouse_id = s.warehouse_id) e on true
     where (${warehouse ?? null}::text is null or w.code = ${warehouse ?? null} or w.id::text = ${warehouse ?? null})
     order by s.oldest, i.code, w.code limit 1000`,
})

/** Who waits for an item, the oldest order first. Who is served first is the allocate verb's to say: its dry run names these lines. */
export const waitingLines = query('warehouse.waiting-lines', {
  may: MAY,
  title: 'Order lines that wait for an item',
  parameters: T.object({ item: T.ref('catalog.item'), warehouse: T.optional(T.ref('company.warehouse')) }),
  columns: {
    id: f.text(),
    order_id: f.ref('sales.order'),
    number: f.code(),
    line: f.integer(),
    customer: f.code(),
    customer_name: f.text(),
    class: f.text({ optional: true }),
    warehouse: f.code(),
    open: f.quantity(),
    reserved: f.quantity(),
    wanted: f.quantity(),
    ordered_on: f.date(),
    requested_on: f.date({ optional: true }),
    promise: f.date({ optional: true }),
    by_hand: f.boolean(),
  },
  build: ({ item, warehouse }, { companyId }) => sql`
    select n.id, n.order_id, n.number, n.line, c.code as customer, c.name as customer_name, c.class, w.code as warehouse, trim_scale(n.open)::text as open, trim_scale(n.reserved)::text as reserved,
           trim_scale(n.open - n.reserved)::text as wanted, n.ordered_on, n.requested_on, n.promise, n.allocation = 'hand' as by_hand
      from (${waiting(companyId)}) n join catalog.v_item i on i.id = n.item_id and (i.code = ${item} or i.id::text = ${item})
      join party.v_customer c on c.company_id = n.company_id and c.id = n.customer_id join company.v_warehouse w on w.company_id = n.company_id and w.id = n.warehouse_id
     where (${warehouse ?? null}::text is null or w.code = ${warehouse ?? null} or w.id::text = ${warehouse ?? null})
     order by n.ordered_on, n.number, n.line limit 500`,
})
