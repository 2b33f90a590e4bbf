// What leaves the road, by lot: to the other warehouse's shelf when it arrives, to the adjustments when it is lost.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { type Move, move } from '../move.ts'

/** What leaves the road of one line, in base units. */
export type Leaving = { id: string; quantity: string }
/** A line with what of its value leaves with the goods. */
export type Left = { id: string; transfer_id: string; item_id: string; quantity: string; value: string; open: boolean }

/** Moves goods off the road; the lots that were sent first leave first. `to` is the place, by the transfer's columns `h`. */
export async function leaveRoad(
  call: Call<unknown>,
  event: string,
  leaving: readonly Leaving[],
  to: Sql,
): Promise<void> {
  const { companyId } = call
  await move(call, {
    date: call.today,
    event,
    source: 'inventory.transfer',
    moves: sql<Move>`with leaving as (select * from unnest(${leaving.map((one) => one.id)}::uuid[], ${leaving.map((one) => one.quantity)}::numeric[]) as l (id, quantity)),
      road as (
        select m.source_line, m.item_id, m.lot_id, m.source_id, sum(case when t.kind = 'transit' then m.quantity else -m.quantity end) as quantity, min(m.id::text) as first
          from leaving l join inventory.move m on m.company_id = ${companyId} and m.source_line = l.id join ${call.set} s on s.id = m.source_id
          join inventory.location t on t.company_id = m.company_id and t.id = m.to_id group by 1, 2, 3, 4
      ), queue as (select r.*, sum(r.quantity) over (partition by r.source_line order by r.first) as upto from road r where r.quantity > 0)
      select gen_random_uuid() as move_id, q.item_id, q.lot_id, f.id as from_id, ${to} as to_id, least(q.quantity, l.quantity - (q.upto - q.quantity)) as quantity,
             q.source_id, q.source_line, 'none' as reservation
        from queue q join leaving l on l.id = q.source_line join inventory.transfer h on h.company_id = ${companyId} and h.id = q.source_id
        join inventory.location f on f.company_id = h.company_id and f.kind = 'transit' and f.warehouse_id is null where q.upto - q.quantity < l.quantity`,
  })
}

/** Writes down what left the road, lowers what is expected, and returns the value that goes with it. */
export function noteLeft(call: Call<unknown>, leaving: readonly Leaving[]): Promise<Left[]> {
  const { companyId } = call
  return call.tx.rows(sql<Left>`with leaving as (select * from unnest(${leaving.map((one) => one.id)}::uuid[], ${leaving.map((one) => one.quantity)}::numeric[]) as l (id, quantity)),
    worth as (
      select n.id, l.quantity, round(n.value * (n.received + l.quantity) / n.quantity, b.digits) - n.received_value as value, n.quantity > n.received + l.quantity as open
        from inventory.transfer_line n join leaving l on l.id = n.id cross join company.v_company b where n.company_id = ${companyId} and b.id = ${companyId}
    ), noted as (
      update inventory.transfer_line n set received = n.received + w.quantity, received_value = n.received_value + w.value from worth w where n.company_id = ${companyId} and n.id = w.id
      returning n.id, n.transfer_id, n.item_id
    ), fewer as (
      update inventory.expected e set quantity = e.quantity - w.quantity from worth w where e.company_id = ${companyId} and e.source_line = w.id and w.open
    ), arrived as (
      delete from inventory.expected e using worth w where e.company_id = ${companyId} and e.source_line = w.id and not w.open
    )
    select n.id, n.transfer_id, n.item_id, w.quantity::text, w.value::text, w.open from noted n join worth w on w.id = n.id where w.quantity > 0 order by n.id`)
}

/** The lines of the transfers with what is still on the road. */
export const onRoad = (
  call: Call<unknown>,
): Promise<{ id: string; transfer_id: string; line: number; number: string; left: string }[]> =>
  call.tx.rows(sql<{
    id: string
    transfer_id: string
    line: number
    number: string
    left: string
  }>`select n.id, n.transfer_id, n.line, h.number, (n.quantity - n.received)::text as left
    from inventory.transfer h join ${call.set} s on s.id = h.id join inventory.transfer_line n on n.company_id = h.company_id and n.transfer_id = h.id
   where h.company_id = ${call.companyId} order by h.id, n.line`)
