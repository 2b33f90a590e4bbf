// Finds other stock for order lines whose goods were not where they should be, and puts it on their open lists.
import { reserve } from '#inventory'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { waiting } from './waiting.ts'

type Wanted = { order_id: string; order_line_id: string; warehouse_id: string; item_id: string; quantity: string }

/** Reserves what is free for the wanted lines and extends the lists in `call.set`. Returns what each order line got. */
export async function refill(call: Call<unknown>, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, string>> {
  const demand = sql<{
    source_id: string
    source_line: string
    warehouse_id: string
    item_id: string
    quantity: string
    priority: number
  }>`
    select w.order_id as source_id, w.order_line_id as source_line, w.warehouse_id, w.item_id, sum(w.quantity) as quantity, 0 as priority
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (order_id uuid, order_line_id uuid, warehouse_id uuid, item_id uuid, quantity numeric) group by 1, 2, 3, 4`
  const got = await reserve(call, 'sales.order', demand, 'short pick')
  if (got.length > 0) await extend(call)
  return new Map(got.map((one) => [one.source_line, one.reserved]))
}

/**
 * Puts what is promised and on no list yet on the open lists that hold the same order lines: an existing line for the
 * same bin and lot grows, other bins and lots become lines of their own.
 */
export async function extend(call: Pick<Call<unknown>, 'tx' | 'companyId' | 'set'>): Promise<void> {
  const { companyId } = call
  await call.tx.run(sql`with list as materialized (
      select distinct on (n.order_line_id) n.order_line_id, n.shipment_id, h.order_id from warehouse.shipment h join ${call.set} s on s.id = h.id
        join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id
       where h.company_id = ${companyId} and h.state = 'released' order by n.order_line_id, n.shipment_id
    ), more as materialized (
      select l.shipment_id, w.* from ${waiting(companyId, sql`select order_id as id from list`)} w join list l on l.order_line_id = w.order_line_id where w.quantity > 0
    ), grown as (
      update warehouse.shipment_line n set quantity = n.quantity + m.quantity from more m
       where n.company_id = ${companyId} and n.shipment_id = m.shipment_id and n.order_line_id = m.order_line_id and n.from_id = m.location_id and n.lot_id = m.lot_id
      returning n.shipment_id, n.order_line_id, n.from_id, n.lot_id
    )
    insert into warehouse.shipment_line (company_id, id, shipment_id, line, order_line_id, item_id, lot_id, from_id, location_id, quantity)
    select ${companyId}, gen_random_uuid(), m.shipment_id, (select max(n.line) from warehouse.shipment_line n where n.company_id = ${companyId} and n.shipment_id = m.shipment_id)
             + row_number() over (partition by m.shipment_id order by m.order_line_id, m.location_id, m.lot_id), m.order_line_id, m.item_id, m.lot_id, m.location_id, m.location_id, m.quantity
      from more m where not exists (select from grown g where g.shipment_id = m.shipment_id and g.order_line_id = m.order_line_id and g.from_id = m.location_id and g.lot_id = m.lot_id)`)
}
