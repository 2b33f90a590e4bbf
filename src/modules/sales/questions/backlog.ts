// What we have promised and not yet shipped, most urgent first.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

export const backlog = query('sales.backlog', {
  may: 'sales.order.read',
  title: 'Open order lines, most urgent first',
  parameters: T.object({
    warehouse: T.optional(T.idOf('company.warehouse')),
    customer: T.optional(T.idOf('party.customer')),
    item: T.optional(T.idOf('catalog.item')),
    late: T.optional(T.boolean()),
    limit: T.optional(T.integer(1, 5000)),
  }),
  columns: {
    order_id: f.ref('sales.order'),
    number: f.code(),
    line: f.integer(),
    customer: f.code(),
    warehouse: f.code(),
    item: f.code(),
    description: f.text(),
    open: f.quantity(),
    reserved: f.quantity(),
    waiting: f.quantity(),
    allocation: f.text(),
    requested_on: f.date({ optional: true }),
    first_promise: f.date({ optional: true }),
    promise: f.date({ optional: true }),
    late: f.boolean({ optional: true }),
    worth: f.money(),
    currency: f.code(),
  },
  build: (p, { companyId, today }) => sql`with line as materialized (
      select l.id, l.line, o.id as order_id, o.number, c.code as customer, w.code as warehouse, i.code as item, l.description, l.kind, o.requested_on, l.first_promise, l.promise,
             l.ordered - l.shipped - l.cancelled as open, sales.open_worth(l) as worth, o.currency, l.allocation,
             sales.priority(c.class, coalesce(o.requested_on, o.ordered_on)) as priority,
             coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0) as reserved
        from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'confirmed'
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id join catalog.v_item i on i.id = l.item_id
        join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
       where l.company_id = ${companyId} and l.ordered > l.shipped + l.cancelled
         and (${p.warehouse ?? null}::uuid is null or o.warehouse_id = ${p.warehouse ?? null}) and (${p.customer ?? null}::uuid is null or o.customer_id = ${p.customer ?? null})
         and (${p.item ?? null}::uuid is null or l.item_id = ${p.item ?? null})
         and (not ${p.late ?? false}::boolean or coalesce(l.promise, o.requested_on) < ${today}::date or l.promise is null)
    )
    select order_id, number, line, customer, warehouse, item, description, trim_scale(open)::text as open, trim_scale(reserved)::text as reserved,
           case when kind = 'stock' then trim_scale(greatest(open - reserved, 0)) else 0 end::text as waiting, allocation, requested_on, first_promise, promise,
           coalesce(promise, requested_on) < ${today}::date as late, worth::text, currency
      from line order by coalesce(promise, requested_on) nulls first, priority, number, line limit ${p.limit ?? 500}`,
})
