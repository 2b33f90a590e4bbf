// The lines of pick lists as the warehouse works on them, and the moves of their goods.
import type { Move } from '#inventory'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

export type Listed = {
  shipment_id: string
  number: string
  state: string
  steps: number
  warehouse_id: string
  order_id: string
  line_id: string
  line: number
  order_line_id: string
  item_id: string
  item: string
  kind: string
  lot_id: string
  lot: string | null
  from_id: string
  to_id: string
  kept_at_id: string
  quantity: string
  picked: string
  short: string
  open: string
}

/** The lines of the lists, with the place that goods go to next, and the place where missing goods are kept on the books. */
export function listed(call: Call<unknown>): Promise<Listed[]> {
  const { companyId } = call
  const place = (
    kind: Sql,
  ) => sql`(select l.id from inventory.v_location l where l.company_id = h.company_id and l.warehouse_id = h.warehouse_id
    and l.state = 'active' and l.kind = ${kind} order by l.pick_sequence, l.code limit 1)`
  return call.tx.rows(sql<Listed>`select h.id as shipment_id, h.number, h.state, h.steps, h.warehouse_id, h.order_id, n.id as line_id, n.line, n.order_line_id,
      n.item_id, i.code as item, i.kind, n.lot_id, t.code as lot, n.from_id,
      case h.steps when 1 then n.from_id when 2 then ${place(sql`'dock'`)} else ${place(sql`'pack'`)} end as to_id, ${place(sql`'quarantine'`)} as kept_at_id,
      n.quantity::text, n.picked::text, n.short::text, (n.quantity - n.picked - n.short)::text as open
    from warehouse.shipment h join ${call.set} s on s.id = h.id join warehouse.shipment_line n on n.company_id = h.company_id and n.shipment_id = h.id
    join catalog.v_item i on i.id = n.item_id left join inventory.v_lot t on t.company_id = h.company_id and t.id = n.lot_id
   where h.company_id = ${companyId} order by h.id, n.line`)
}

type Moved = {
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  moved: string
  shipment_id: string
  order_line_id: string
}

/** Moves of goods on a list, as a relation. */
export const moves = (lines: readonly Moved[], reservation: Move['reservation']) => sql<Move>`
  select gen_random_uuid() as move_id, item_id, lot_id, from_id, to_id, quantity, source_id, source_line, ${reservation}::text as reservation
    from jsonb_to_recordset(${JSON.stringify(
      lines.map((line) => ({
        item_id: line.item_id,
        lot_id: line.lot_id,
        from_id: line.from_id,
        to_id: line.to_id,
        quantity: line.moved,
        source_id: line.shipment_id,
        source_line: line.order_line_id,
      })),
    )}::jsonb) as m (item_id uuid, lot_id uuid, from_id uuid, to_id uuid, quantity numeric, source_id uuid, source_line uuid)`
