// After an order was changed its open lists follow: less is taken off, more is added, and what was picked in vain goes back.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { extend } from './refill.ts'
import { shipment } from './shipment.ts'
import { lockOrders } from './waiting.ts'

type Stand = { id: string; open: boolean; begun: boolean }

/** Safe to run at any time and as often as one likes: it only makes the lists say what is promised. */
export const adjust = command(shipment.verbs.adjust, T.object({}), async (call) => {
  await call.tx.run(lockOrders(call.companyId, call.set))
  await shrink(call)
  await extend(call)
  const stands =
    await call.tx.rows(sql<Stand>`select h.id, bool_or(n.quantity > n.picked + n.short) as open, bool_or(n.picked > 0) as begun
    from warehouse.shipment h join ${call.set} s on s.id = h.id join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id
   where h.company_id = ${call.companyId} group by h.id`)
  const before = new Map(call.rows.map((row) => [row.id, row.state]))
  return {
    states: new Map(
      stands.map((one) => {
        const was = before.get(one.id) ?? 'released'
        if (!one.open && !one.begun) return [one.id, 'cancelled']
        return [one.id, was === 'released' && !one.open ? 'picked' : was]
      }),
    ),
  }
})

/**
 * Takes off what is not promised any more. Several lines that share a promise are served in line order. What was picked
 * and is not wanted becomes a put-back; a service line follows what its order line has open.
 */
async function shrink(call: Call<unknown>): Promise<void> {
  const { companyId } = call
  await call.tx.run(sql`with line as materialized (
      select n.id, n.shipment_id, h.warehouse_id, h.number, n.order_line_id, n.item_id, n.lot_id, n.from_id, n.location_id, n.quantity, n.picked, n.short, i.kind,
             n.quantity - n.picked - n.short as open,
             sum(n.quantity - n.picked - n.short) over (partition by n.order_line_id, n.from_id, n.lot_id order by h.id, n.line) as open_upto,
             sum(n.picked) over (partition by n.order_line_id, n.location_id, n.lot_id order by h.id, n.line) as picked_upto,
             greatest(o.ordered - o.shipped - o.cancelled, 0) as wanted
        from warehouse.shipment h join ${call.set} s on s.id = h.id
        join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id
        join sales.v_order_line o on o.company_id = n.company_id and o.id = n.order_line_id
        join catalog.v_item i on i.id = n.item_id
       where h.company_id = ${companyId}
    ), held as materialized (
      select n.*,
             case when n.kind <> 'stock' then least(n.open, n.wanted) else greatest(least(n.open, coalesce(b.quantity, 0) - case when n.location_id = n.from_id then n.picked else 0 end - (n.open_upto - n.open)), 0) end as open_now,
             case when n.kind <> 'stock' then least(n.picked, n.wanted) else greatest(least(n.picked, coalesce(p.quantity, 0) - (n.picked_upto - n.picked)), 0) end as picked_now
        from line n
        left join inventory.v_reservation b on b.company_id = ${companyId} and b.source_line = n.order_line_id and b.location_id = n.from_id and b.lot_id = n.lot_id
        left join inventory.v_reservation p on p.company_id = ${companyId} and p.source_line = n.order_line_id and p.location_id = n.location_id and p.lot_id = n.lot_id
    ), back as (
      insert into warehouse.put_back (company_id, id, warehouse_id, shipment_id, item_id, lot_id, from_id, to_id, quantity, reason, raised_at)
      select ${companyId}, gen_random_uuid(), warehouse_id, shipment_id, item_id, lot_id, location_id, from_id, picked - picked_now, 'the order was changed', ${call.now}
        from held where kind = 'stock' and picked > picked_now and location_id <> from_id
    )
    update warehouse.shipment_line n set picked = k.picked_now, quantity = k.picked_now + k.short + k.open_now
      from held k where n.company_id = ${companyId} and n.id = k.id and (k.picked <> k.picked_now or k.open <> k.open_now)`)
}
