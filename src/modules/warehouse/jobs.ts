// What the warehouse does at night: rests that their rule keeps open no longer are cancelled.
import { sql, transaction } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { type Ending, endOrder } from '#sales'

/** By name; each may be run again, and then finds nothing left to do. */
export const jobs: Readonly<Record<string, ModuleJob>> = {
  // Ends orders in transactions of their own, so that one that fails keeps no other open.
  'warehouse.end-backorders': {
    at: '03:30',
    run: async ({ kernel, context }) => {
      const orders = await transaction(kernel.pool, { companies: [context.companyId] }, (tx) =>
        tx.rows(kept(context.companyId, context.today)),
      )
      for (const order of orders) await endOrder(kernel, context, order)
    },
  },
}

/**
 * Orders with a rest whose first shipment left more than the rule's days ago (ORD-10). An order with goods on a list is
 * left alone: the rest is what is still open when they have left.
 */
const kept = (companyId: number, today: string) => sql<Ending>`
  select o.id, o.state, format('rest cancelled: rule %s keeps it open for %s days after the first shipment', r.code, r.keep_open_days) as reason
    from sales.v_order o
    join sales.v_backorder_rule r on r.company_id = o.company_id and r.code = o.backorder_rule and r.keep_open_days is not null
   where o.company_id = ${companyId} and o.state in ('confirmed', 'on_hold')
     and exists (select from sales.v_order_line l where l.company_id = o.company_id and l.order_id = o.id and l.ordered > l.shipped + l.cancelled)
     and (select min(h.shipped_on) from warehouse.shipment h where h.company_id = o.company_id and h.order_id = o.id and h.state = 'shipped') + r.keep_open_days < ${today}::date
     and not exists (select from warehouse.shipment h where h.company_id = o.company_id and h.order_id = o.id and h.state in ('released', 'picked', 'packed'))
   order by o.id`
