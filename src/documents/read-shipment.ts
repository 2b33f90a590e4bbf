// What stands on a shipment's papers: head, addresses and lines in the order of the walk, within what the asker may see.
import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'

export type Place = {
  readonly name: string
  readonly street: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly country: string | null
}

export type ShipmentHead = {
  id: string
  number: string
  state: string
  released_on: string
  shipped_on: string | null
  carrier: string | null
  tracking: string | null
  parcels: number
  weight_grams: string | null
  order_number: string
  reference: string | null
  requested_on: string | null
  warehouse: string
  customer_code: string
  route: string | null
  note: string
} & Place & { warehouse_name: string }

export type ShipmentLine = {
  line: number
  item: string
  name: string
  lot: string | null
  location: string
  kind: string
  unit: string
  quantity: string
  picked: string
  ordered: string
  outstanding: string
}

const MAY = 'warehouse.shipment.read'
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A shipment by id or number. Refuses NOT_FOUND, the same for unknown and for a warehouse that is not the asker's. */
export async function readShipment(
  tx: Tx,
  context: Context,
  key: string,
): Promise<{ head: ShipmentHead; lines: ShipmentLine[] }> {
  const { companyId } = context
  const mine = warehousesOf(grantsFor(context.principal, MAY, companyId))
  const by = ID.test(key) ? sql`h.id = ${key}::uuid` : sql`h.number = ${key}`
  const head = await tx.first(sql<ShipmentHead>`
    select h.id, h.number, h.state, (h.created_at at time zone b.time_zone)::date::text as released_on, h.shipped_on::text as shipped_on, h.carrier, h.tracking,
           coalesce(h.parcels, 1) as parcels, h.weight_grams::text as weight_grams, o.number as order_number, o.customer_reference as reference, o.requested_on::text as requested_on,
           w.code as warehouse, w.name as warehouse_name, c.code as customer_code, s.route, coalesce(s.receiving_note, '') as note,
           coalesce(s.name, c.name) as name, case when s.id is null then p.street else s.street end as street, case when s.id is null then p.postcode else s.postcode end as postcode,
           case when s.id is null then p.city else s.city end as city, coalesce(s.country, p.country) as country
      from warehouse.v_shipment h join company.v_company b on b.id = h.company_id
      join company.v_warehouse w on w.company_id = h.company_id and w.id = h.warehouse_id
      join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id join party.v_customer c on c.company_id = h.company_id and c.id = h.customer_id
      left join party.v_party p on p.id = c.id left join party.v_ship_to s on s.company_id = h.company_id and s.id = h.ship_to_id
     where h.company_id = ${companyId} and ${by} and (${mine}::uuid[] is null or h.warehouse_id = any(${mine}::uuid[]))`)
  if (!head) return refuseKernel('NOT_FOUND', { document: 'shipment', id: key })
  const lines = await tx.rows(sql<ShipmentLine>`
    select n.line, i.code as item, i.name, t.code as lot, l.code as location, i.kind, i.base_unit as unit, trim_scale(n.quantity - n.short)::text as quantity,
           trim_scale(n.picked)::text as picked, trim_scale(d.ordered)::text as ordered,
           trim_scale(greatest(d.ordered - d.cancelled - d.shipped - case when h.state = 'shipped' then 0 else n.quantity - n.short end, 0))::text as outstanding
      from warehouse.v_shipment_line n join warehouse.v_shipment h on h.company_id = n.company_id and h.id = n.shipment_id
      join catalog.v_item i on i.id = n.item_id join inventory.v_location l on l.company_id = n.company_id and l.id = n.from_id
      join sales.v_order_line d on d.company_id = n.company_id and d.id = n.order_line_id
      left join inventory.v_lot t on t.company_id = n.company_id and t.id = n.lot_id
     where n.company_id = ${companyId} and n.shipment_id = ${head.id}::uuid order by l.pick_sequence, l.code, n.line`)
  return { head, lines }
}
