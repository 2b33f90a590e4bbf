// What is promised to orders in stock places and on no pick list yet.
import { type Sql, sql } from '#kernel/db'

export type Waiting = {
  order_id: string
  order_line_id: string
  item_id: string
  lot_id: string
  location_id: string
  quantity: string
}

/** A relation, one row for each reservation of the orders, less what open pick lists have still to take from its place. */
export const waiting = (companyId: number, orders: Sql<{ id: string }>) => sql<Waiting>`
  select r.source_id as order_id, r.source_line as order_line_id, r.item_id, r.lot_id, r.location_id,
         r.quantity - coalesce((select sum(n.quantity - n.picked - n.short) from warehouse.shipment_line n
            join warehouse.shipment h on h.company_id = n.company_id and h.id = n.shipment_id and h.state = 'released'
           where n.company_id = r.company_id and n.order_line_id = r.source_line and n.from_id = r.location_id and n.lot_id = r.lot_id), 0) as quantity
    from inventory.v_reservation r join inventory.v_location l on l.company_id = r.company_id and l.id = r.location_id and l.kind = 'stock'
   where r.company_id = ${companyId} and r.source_id in (select id from ${orders} o)`

/**
 * Locks the orders of these shipments and then their lines, both in id order, before any stock is touched: an order that
 * changes at the same moment either waits or is seen. The next statement of the transaction sees them as they are.
 */
export const lockOrders = (companyId: number, shipments: Sql<{ id: string }>) => sql`
  with orders as materialized (
    select o.id from sales.v_order o where o.company_id = ${companyId}
       and o.id in (select h.order_id from warehouse.shipment h where h.company_id = ${companyId} and h.id in (select id from ${shipments} s))
     order by o.id for no key update
  )
  select l.id from sales.v_order_line l join orders o on o.id = l.order_id where l.company_id = ${companyId} order by l.order_id, l.id for no key update of l`
