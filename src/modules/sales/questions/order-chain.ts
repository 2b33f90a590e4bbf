// One order, line by line: how far each is, what stops it, and who has to move (ORD-02).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** `blocking` is the single reason why a line does not go on, `role` who can change that; both null when nothing does. */
export const orderChain = query('sales.order-chain', {
  may: 'sales.order.read',
  title: 'Where an order stands, line by line',
  parameters: T.object({ order: T.idOf('sales.order') }),
  columns: {
    id: f.ref('sales.order-line'),
    line: f.integer(),
    item: f.code(),
    requested_item: f.text({ optional: true }),
    description: f.text(),
    unit: f.code(),
    ordered: f.quantity(),
    allocated: f.quantity(),
    picked: f.quantity(),
    shipped: f.quantity(),
    cancelled: f.quantity(),
    invoiced: f.quantity(),
    returned: f.quantity(),
    credited: f.quantity(),
    open: f.quantity(),
    to_invoice: f.quantity(),
    first_promise: f.date({ optional: true }),
    promise: f.date({ optional: true }),
    status: f.text(),
    blocking: f.text({ optional: true }),
    reason: f.text({ optional: true }),
    role: f.text({ optional: true }),
  },
  build: (p, { companyId }) => sql`with line as materialized (
      select l.*, o.number, o.state, o.backorder_rule, i.code as item, q.code as requested_item,
             coalesce(r.reserved, 0) as reserved, coalesce(r.picked, 0) as picked, l.ordered - l.shipped - l.cancelled as open,
             greatest(l.shipped - l.invoiced - greatest(l.returned - l.credited, 0), 0) as to_invoice
        from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id join catalog.v_item i on i.id = l.item_id
        left join catalog.v_item q on q.id = l.requested_item_id
        left join lateral (select sum(v.quantity) as reserved, sum(v.quantity) filter (where p.kind <> 'stock') as picked from inventory.v_reservation v
             join inventory.v_location p on p.company_id = v.company_id and p.id = v.location_id where v.company_id = l.company_id and v.source_line = l.id) r on true
       where o.company_id = ${companyId} and o.id = ${p.order}
    ), held as (
      select h.kind, h.reason, h.owner_role, coalesce((select array_agg((each ->> 'line')::int) from jsonb_array_elements(h.detail -> 'lines') each), '{}') as lines
        from sales.hold h where h.company_id = ${companyId} and h.order_id = ${p.order} and h.released_at is null and h.voided_at is null
    )
    select n.id, n.line, n.item, n.requested_item, n.description, n.unit, n.ordered::text, trim_scale(n.reserved)::text as allocated, trim_scale(n.picked)::text as picked,
           n.shipped::text, n.cancelled::text, n.invoiced::text, n.returned::text, n.credited::text, trim_scale(n.open)::text as open, trim_scale(n.to_invoice)::text as to_invoice,
           n.first_promise, n.promise,
           case when n.ordered = n.cancelled then 'cancelled' when n.state not in ('confirmed') and n.open > 0 then n.state
                when n.open = 0 and n.to_invoice = 0 then 'invoiced' when n.open = 0 then 'shipped' when n.shipped > 0 then 'partially_shipped'
                when n.kind <> 'stock' or n.reserved >= n.open then 'allocated' else 'confirmed' end as status,
           why.blocking, why.reason, why.role
      from line n left join lateral (
        select h.kind as blocking, h.reason, h.owner_role as role, 1 as rank, h.kind as sort from held h where n.open > 0 and n.state = 'on_hold' and (h.lines = '{}' or n.line = any(h.lines))
        union all
        select 'waits for the rest of the order', 'Another line is on hold: ' || h.reason, h.owner_role, 2, h.kind from held h where n.open > 0 and n.state = 'on_hold'
        union all
        select 'not confirmed', 'The order is ' || n.state, 'sales-clerk', 3, '' where n.state in ('draft', 'quoted') and n.open > 0
        union all
        select 'stock', case when n.allocation = 'hand' then 'Its stock was taken back by hand' when n.promise is null then 'Nothing is there and nothing is on its way'
            else 'Waits for supply' end || ': ' || trim_scale(n.open - n.reserved) || ' missing', case when n.allocation = 'hand' then 'sales-manager' else 'buyer' end, 4, ''
         where n.state = 'confirmed' and n.kind = 'stock' and n.reserved < n.open
        union all
        select 'stock', 'Ships complete: another line waits for supply', 'buyer', 5, '' from sales.backorder_rule r
         where n.state = 'confirmed' and n.open > 0 and r.company_id = ${companyId} and r.code = n.backorder_rule and r.policy = 'ship-complete'
           and exists (select from line x where x.kind = 'stock' and x.reserved < x.open)
        union all
        select 'warehouse', 'Ready: to be picked and shipped', 'warehouse-lead', 6, '' where n.state = 'confirmed' and n.open > 0
        union all
        select 'invoice', trim_scale(n.to_invoice) || ' shipped and not invoiced', 'accountant', 7, '' where n.to_invoice > 0
        order by rank, sort limit 1
      ) why on true order by n.line`,
})
