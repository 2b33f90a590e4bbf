// Moving goods: facts and running balances in one statement. What is not there does not move.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'
import { Torn } from './torn.ts'

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

export type Mover = Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now'>
type Given = { date: string; event: string; source: string; moves: Sql<Move> }
type Problem = {
  code: 'STOCK_SHORT' | 'STOCK_RESERVED' | 'PROMISE_CHANGED' | 'SERIAL_ELSEWHERE' | 'LOT_NOT_GOOD' | null
  item: string
  location: string
  lot: string | null
  possible: string
  wanted: string
}

/** The kinds of places whose stock is ours and kept as balances. */
export const OWN_PLACES = sql`('stock', 'pack', 'dock', 'quarantine', 'transit')`

/**
 * Moves goods on `date` (company business date) because of `event` on documents of kind `source`. Balances are kept for
 * our own places only (stock, pack, dock, quarantine, transit) and locked in one sorted statement.
 *
 * Refuses STOCK_SHORT when there is not enough, STOCK_RESERVED when there is, but it is promised to somebody else,
 * PROMISE_CHANGED when a line's promise is smaller than what it would use, SERIAL_ELSEWHERE when a serial number would be
 * in two places, LOT_NOT_GOOD when an expired or blocked lot would go to a customer. Then nothing moves.
 * A caller that consumes or carries promises of an order must have locked the order: promises are read, not locked.
 */
export async function move(call: Mover, given: Given): Promise<void> {
  const { tx, companyId } = call
  const problem = await tx.first(sql<Problem>`with ${balancesAfter(companyId, given.moves)},
    problem as materialized ${problems(companyId, given.date)},
    updated as (
      update inventory.balance b set on_hand = a.on_hand + a.quantity, reserved = a.reserved + a.promised,
             negative_allowed = a.allowed or a.on_hand + a.quantity < greatest(a.reserved + a.promised, 0),
             negative_since = case when a.on_hand + a.quantity < 0 then coalesce(b.negative_since, ${given.date}::date) end
        from after a where a.known and b.company_id = ${companyId} and b.location_id = a.location_id and b.item_id = a.item_id and b.lot_id = a.lot_id
         and not exists (select from problem)
    ), created as (
      insert into inventory.balance as b (company_id, location_id, item_id, lot_id, on_hand, reserved, serial, negative_allowed, negative_since)
      select ${companyId}, a.location_id, a.item_id, a.lot_id, a.quantity, a.promised, a.serial, a.allowed, case when a.quantity < 0 then ${given.date}::date end
        from after a where not a.known and not exists (select from problem)
       order by a.location_id, a.item_id, a.lot_id
      on conflict (company_id, location_id, item_id, lot_id) do update set on_hand = b.on_hand + excluded.on_hand, reserved = b.reserved + excluded.reserved
    ), ${promisesAfter(companyId)},
    facts as (
      insert into inventory.move (company_id, id, posting_date, item_id, lot_id, from_id, to_id, quantity, event, source, source_id, source_line, moved_by, moved_at)
      select ${companyId}, move_id, ${given.date}::date, item_id, lot_id, from_id, to_id, quantity, ${given.event}, ${given.source}, source_id, source_line, ${call.actor}, ${call.now}
        from moving where not exists (select from problem)
    )
    select null as code, null as item, null as location, null as lot, null as possible, null as wanted, 0 as rank
      where (select count(*) from gone) + (select count(*) from less) <> (select count(*) from spent) and not exists (select from problem)
    union all
    (select p.code, i.code as item, p.location, p.lot, trim_scale(p.possible)::text as possible, trim_scale(p.wanted)::text as wanted, p.rank
      from problem p join catalog.v_item i on i.id = p.item_id order by p.rank, i.code limit 1)`)
  if (problem?.code === null) throw new Torn('a promise was taken away while its stock was waited for')
  if (problem?.code) refuse(problem.code, problem)
}

/** Relations: `moving`, and `after` with what each own place has now (locked, sorted) and how it changes. */
const balancesAfter = (
  companyId: number,
  moves: Sql<Move>,
) => sql`moving as materialized (select * from ${moves} given where given.quantity > 0),
    change as materialized (
      select e.location_id, e.item_id, e.lot_id, l.name as location, t.code as lot, coalesce(t.serial, false) as serial,
             coalesce(w.allow_negative, false) and l.kind = 'stock' as allowed, sum(e.quantity) as quantity, sum(e.promised) as promised
        from (
          select from_id as location_id, item_id, lot_id, -quantity as quantity, case when reservation = 'none' then 0 else -quantity end as promised from moving
          union all
          select to_id, item_id, lot_id, quantity, case when reservation = 'carried' then quantity else 0 end from moving
        ) e
        join inventory.location l on l.company_id = ${companyId} and l.id = e.location_id and l.kind in ${OWN_PLACES}
        left join company.v_warehouse w on w.company_id = ${companyId} and w.id = l.warehouse_id
        left join inventory.lot t on t.company_id = ${companyId} and t.id = e.lot_id
       group by 1, 2, 3, 4, 5, 6, 7
    ), locked as materialized (
      select b.location_id, b.item_id, b.lot_id, b.on_hand, b.reserved from inventory.balance b
        join change c on c.location_id = b.location_id and c.item_id = b.item_id and c.lot_id = b.lot_id
       where b.company_id = ${companyId} order by b.location_id, b.item_id, b.lot_id for no key update of b
    ), after as materialized (
      select c.*, k.location_id is not null as known, coalesce(k.on_hand, 0) as on_hand, coalesce(k.reserved, 0) as reserved
        from change c left join locked k on k.location_id = c.location_id and k.item_id = c.item_id and k.lot_id = c.lot_id
    ), spent as materialized (
      select source_line, from_id, item_id, lot_id, sum(quantity) as quantity from moving where reservation <> 'none' group by 1, 2, 3, 4
    )`

/** Everything that forbids the moves, worst first. */
const problems = (
  companyId: number,
  date: string,
) => sql`select 1 as rank, 'PROMISE_CHANGED' as code, s.item_id, l.name as location, null as lot, coalesce(r.quantity, 0) as possible, s.quantity as wanted
      from spent s join inventory.location l on l.company_id = ${companyId} and l.id = s.from_id
      left join inventory.reservation r on r.company_id = ${companyId} and r.source_line = s.source_line and r.location_id = s.from_id and r.lot_id = s.lot_id
     where coalesce(r.quantity, 0) < s.quantity
    union all
    select 2, 'STOCK_SHORT', a.item_id, a.location, a.lot, a.on_hand, -a.quantity
      from after a where not a.allowed and a.quantity < 0 and a.on_hand + a.quantity < 0
    union all
    select 3, 'STOCK_RESERVED', a.item_id, a.location, a.lot, a.on_hand - a.reserved, -a.quantity
      from after a where not a.allowed and a.on_hand + a.quantity >= 0 and a.reserved + a.promised > a.on_hand + a.quantity
    union all
    select 4, 'SERIAL_ELSEWHERE', a.item_id, coalesce(l.name, a.location), a.lot, 0, a.quantity
      from after a left join inventory.balance o on o.company_id = ${companyId} and o.lot_id = a.lot_id and o.on_hand > 0 and o.location_id <> a.location_id
       and not exists (select from after c where c.location_id = o.location_id and c.lot_id = o.lot_id and c.quantity < 0)
      left join inventory.location l on l.company_id = ${companyId} and l.id = o.location_id
     where a.serial and a.quantity > 0 and (o.location_id is not null or a.on_hand + a.quantity > 1)
    union all
    select 5, 'LOT_NOT_GOOD', m.item_id, l.name, t.code, 0, m.quantity
      from moving m join inventory.location l on l.company_id = ${companyId} and l.id = m.to_id and l.kind = 'customer'
      join inventory.lot t on t.company_id = ${companyId} and t.id = m.lot_id
     where t.state <> 'released' or t.expires_on <= ${date}::date`

/** Uses up or carries along the promises that belong to the moves. */
const promisesAfter = (companyId: number) => sql`gone as (
      delete from inventory.reservation r using spent s where r.company_id = ${companyId} and r.source_line = s.source_line and r.location_id = s.from_id
         and r.lot_id = s.lot_id and r.quantity = s.quantity and not exists (select from problem) returning r.*
    ), less as (
      update inventory.reservation r set quantity = r.quantity - s.quantity from spent s where r.company_id = ${companyId} and r.source_line = s.source_line
         and r.location_id = s.from_id and r.lot_id = s.lot_id and r.quantity > s.quantity and not exists (select from problem) returning r.*
    ), carried as (
      insert into inventory.reservation as r (company_id, id, source, source_id, source_line, location_id, item_id, lot_id, quantity, serial, reason, created_at)
      select ${companyId}, gen_random_uuid(), k.source, k.source_id, k.source_line, m.to_id, k.item_id, k.lot_id, sum(m.quantity), bool_or(k.serial), min(k.reason), min(k.created_at)
        from (select source_line, from_id, to_id, lot_id, sum(quantity) as quantity from moving where reservation = 'carried' group by 1, 2, 3, 4) m
        join (select * from gone union all select * from less) k on k.source_line = m.source_line and k.location_id = m.from_id and k.lot_id = m.lot_id
       -- From several bins to one place: one promise.
       group by k.source, k.source_id, k.source_line, m.to_id, k.item_id, k.lot_id
      on conflict (company_id, source_line, location_id, lot_id) do update set quantity = r.quantity + excluded.quantity
    )`
