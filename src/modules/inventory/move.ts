// Moving goods: facts and running balances in one statement. What is not there does not move.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'

/**
 * One move, in base units. `reservation` says what becomes of the line's promise at the place it leaves: it is
 * 'consumed', it is 'carried' along to the new place, or there was 'none'.
 */
export type Move = {
  move_id: string
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  quantity: string
  source_id: string
  source_line: string
  reservation: 'consumed' | 'carried' | 'none'
}

type Mover = Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now'>
type Problem = { item: string; location: string; on_hand: string; free: string; wanted: string }

/**
 * Moves goods on `date` (company business date) because of `event` on documents of kind `source`. Balances are kept for
 * our own places only (stock, pack, dock, quarantine, transit) and locked in one sorted statement. Refuses STOCK_SHORT
 * when there is not enough, STOCK_RESERVED when there is, but it is promised to somebody else; then nothing moves.
 */
export async function move(call: Mover, given: { date: string; event: string; source: string; moves: Sql<Move> }): Promise<void> {
  const { tx, companyId } = call
  const problem = await tx.first(sql<Problem>`with moving as materialized (select * from ${given.moves} given where given.quantity > 0),
    change as materialized (
      select location_id, item_id, lot_id, sum(quantity) as quantity, sum(promised) as promised from (
        select from_id as location_id, item_id, lot_id, -quantity as quantity, case when reservation = 'none' then 0 else -quantity end as promised from moving
        union all
        select to_id, item_id, lot_id, quantity, case when reservation = 'carried' then quantity else 0 end from moving
      ) both_ends
      join inventory.location l on l.company_id = ${companyId} and l.id = location_id and l.kind in ('stock', 'pack', 'dock', 'quarantine', 'transit')
      group by location_id, item_id, lot_id
    ), locked as materialized (
      select b.location_id, b.item_id, b.lot_id, b.on_hand, b.reserved, b.negative_allowed from inventory.balance b
        join change c on c.location_id = b.location_id and c.item_id = b.item_id and c.lot_id = b.lot_id
       where b.company_id = ${companyId} order by b.location_id, b.item_id, b.lot_id for no key update of b
    ), bad as materialized (
      select c.location_id, c.item_id, coalesce(k.on_hand, 0) as on_hand, coalesce(k.on_hand - k.reserved, 0) as free, -c.quantity as wanted
        from change c left join locked k on k.location_id = c.location_id and k.item_id = c.item_id and k.lot_id = c.lot_id
       where not coalesce(k.negative_allowed, false)
         and (coalesce(k.on_hand, 0) + c.quantity < 0 or coalesce(k.reserved, 0) + c.promised > coalesce(k.on_hand, 0) + c.quantity)
    ), updated as (
      update inventory.balance b set on_hand = b.on_hand + c.quantity, reserved = b.reserved + c.promised
        from change c join locked using (location_id, item_id, lot_id)
       where b.company_id = ${companyId} and b.location_id = c.location_id and b.item_id = c.item_id and b.lot_id = c.lot_id and not exists (select from bad)
    ), created as (
      insert into inventory.balance as b (company_id, location_id, item_id, lot_id, on_hand, reserved)
      select ${companyId}, c.location_id, c.item_id, c.lot_id, c.quantity, c.promised from change c
       where not exists (select from bad) and not exists (select from locked k where k.location_id = c.location_id and k.item_id = c.item_id and k.lot_id = c.lot_id)
       order by c.location_id, c.item_id, c.lot_id
      on conflict (company_id, location_id, item_id, lot_id) do update set on_hand = b.on_hand + excluded.on_hand, reserved = b.reserved + excluded.reserved
    ), spent as materialized (
      select source_line, from_id, to_id, lot_id, reservation, sum(quantity) as quantity from moving where reservation <> 'none' group by 1, 2, 3, 4, 5
    ), gone as (
      delete from inventory.reservation r using spent s where r.company_id = ${companyId} and r.source_line = s.source_line and r.location_id = s.from_id
         and r.lot_id = s.lot_id and r.quantity = s.quantity and not exists (select from bad) returning r.*
    ), less as (
      update inventory.reservation r set quantity = r.quantity - s.quantity from spent s where r.company_id = ${companyId} and r.source_line = s.source_line
         and r.location_id = s.from_id and r.lot_id = s.lot_id and r.quantity > s.quantity and not exists (select from bad) returning r.*
    ), carried as (
      insert into inventory.reservation as r (company_id, id, source, source_id, source_line, location_id, item_id, lot_id, quantity, serial, reason, created_at)
      select ${companyId}, gen_random_uuid(), k.source, k.source_id, k.source_line, s.to_id, k.item_id, k.lot_id, s.quantity, k.serial, k.reason, k.created_at
        from spent s join (select * from gone union all select * from less) k on k.source_line = s.source_line and k.location_id = s.from_id and k.lot_id = s.lot_id
       where s.reservation = 'carried'
      on conflict (company_id, source_line, location_id, lot_id) do update set quantity = r.quantity + excluded.quantity
    ), facts as (
      insert into inventory.move (company_id, id, posting_date, item_id, lot_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at)
      select ${companyId}, move_id, ${given.date}::date, item_id, lot_id, from_id, to_id, quantity, ${given.event}, ${given.source}, source_id, source_line, ${call.actor}, ${call.now}
        from moving where not exists (select from bad)
    )
    select i.code as item, l.name as location, bad.on_hand::text, bad.free::text, bad.wanted::text
      from bad join catalog.v_item i on i.id = bad.item_id join inventory.location l on l.company_id = ${companyId} and l.id = bad.location_id
     order by i.code limit 1`)
  if (!problem) return
  const short = Number(problem.wanted) > Number(problem.on_hand)
  refuse(short ? 'STOCK_SHORT' : 'STOCK_RESERVED', { ...problem, possible: problem.on_hand })
}
