// Cancelling a shipment that has not left: what was picked goes back to its bins, its promise with it; the rest stays promised.
import { move } from '#inventory'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { moves } from './list.ts'
import { shipment } from './shipment.ts'
import { lockOrders } from './waiting.ts'

type Back = {
  shipment_id: string
  order_line_id: string
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  promised: string
  rest: string
}

export const cancel = command(shipment.verbs.cancel, T.object({}), async (call) => {
  const [, lines] = await Promise.all([call.tx.run(lockOrders(call.companyId, call.set)), goingBack(call)])
  const promised = lines
    .filter((line) => signOfDecimal(line.promised) > 0)
    .map((line) => ({ ...line, moved: line.promised }))
  const rest = lines.filter((line) => signOfDecimal(line.rest) > 0).map((line) => ({ ...line, moved: line.rest }))
  if (promised.length > 0)
    await move(call, {
      date: call.today,
      event: 'put-back',
      source: 'warehouse.shipment',
      moves: moves(promised, 'carried'),
    })
  if (rest.length > 0)
    await move(call, { date: call.today, event: 'put-back', source: 'warehouse.shipment', moves: moves(rest, 'none') })
  await call.tx.run(sql`with h as (update warehouse.shipment h set cancelled_by = ${call.actor} from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id returning h.id)
    update warehouse.shipment_line n set location_id = n.from_id, picked = 0 from h where n.company_id = ${call.companyId} and n.shipment_id = h.id and n.picked > 0`)
})

/** What lies on the way, and how much of it is still promised to its order line. */
const goingBack = (call: Call<unknown>): Promise<Back[]> =>
  call.tx.rows(sql<Back>`with line as (
      select n.*, sum(n.picked) over (partition by n.order_line_id, n.location_id, n.lot_id order by n.id) as upto
        from ${call.set} s join warehouse.shipment_line n on n.company_id = ${call.companyId} and n.shipment_id = s.id join catalog.v_item i on i.id = n.item_id and i.kind = 'stock'
       where n.picked > 0 and n.location_id <> n.from_id
    )
    select n.shipment_id, n.order_line_id, n.item_id, n.lot_id, n.location_id as from_id, n.from_id as to_id, p.promised::text, (n.picked - p.promised)::text as rest
      from line n left join inventory.v_reservation r on r.company_id = ${call.companyId} and r.source_line = n.order_line_id and r.location_id = n.location_id and r.lot_id = n.lot_id
      cross join lateral (select greatest(least(n.picked, coalesce(r.quantity, 0) - (n.upto - n.picked)), 0) as promised) p order by n.id`)
