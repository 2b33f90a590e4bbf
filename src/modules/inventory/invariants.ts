// What must be true of stock at any moment; each is a question that must find nothing.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'
import { OWN_PLACES } from './move.ts'

const moved = sql`
  with ends as (
    select m.company_id, m.to_id as location_id, m.item_id, m.lot_id, m.quantity from inventory.move m
    union all
    select m.company_id, m.from_id, m.item_id, m.lot_id, -m.quantity from inventory.move m
  )
  select e.company_id, e.location_id, e.item_id, e.lot_id, sum(e.quantity) as quantity from ends e
    join inventory.location l on l.company_id = e.company_id and l.id = e.location_id and l.kind in ${OWN_PLACES}
   group by e.company_id, e.location_id, e.item_id, e.lot_id`

export const invariants = [
  invariant(
    'I01',
    'inventory',
    'Stock on hand is the sum of its moves, at every place',
    sql`
    select company_id, location_id, item_id, lot_id, coalesce(b.on_hand, 0) as on_hand, coalesce(m.quantity, 0) as moved
      from inventory.balance b full join ${moved} m using (company_id, location_id, item_id, lot_id)
     where coalesce(b.on_hand, 0) <> coalesce(m.quantity, 0)`,
  ),
  invariant(
    'I02',
    'inventory',
    'What is promised is never more than there is, unless a waiver allows negative stock',
    sql`
    select company_id, location_id, item_id, lot_id, on_hand, reserved from inventory.balance
     where reserved < 0 or (reserved > on_hand and not negative_allowed)`,
  ),
  invariant(
    'I03',
    'inventory',
    'What is promised is the sum of the promises',
    sql`
    select company_id, location_id, item_id, lot_id, coalesce(b.reserved, 0) as reserved, coalesce(r.quantity, 0) as promises
      from inventory.balance b
      full join (select company_id, location_id, item_id, lot_id, sum(quantity) as quantity from inventory.reservation group by 1, 2, 3, 4) r
        using (company_id, location_id, item_id, lot_id)
     where coalesce(b.reserved, 0) <> coalesce(r.quantity, 0)`,
  ),
  invariant(
    'I04',
    'inventory',
    'No stock is negative without a waiver, and negative stock knows since when',
    sql`
    select company_id, location_id, item_id, lot_id, on_hand, negative_since from inventory.balance
     where (on_hand < 0 and not negative_allowed) or (on_hand < 0) <> (negative_since is not null)`,
  ),
  invariant(
    'I05',
    'inventory',
    'Every move goes somewhere else, and moves something',
    sql`
    select company_id, id, from_id, to_id, quantity from inventory.move where from_id = to_id or quantity <= 0`,
  ),
  invariant(
    'I06',
    'inventory',
    'A serial number is one piece in one place',
    sql`
    select t.company_id, t.id as lot_id, t.code, sum(b.on_hand) as pieces, count(*) filter (where b.on_hand <> 0) as places
      from inventory.lot t join inventory.balance b on b.company_id = t.company_id and b.lot_id = t.id
     where t.serial group by t.company_id, t.id, t.code
    having sum(b.on_hand) not in (0, 1) or count(*) filter (where b.on_hand <> 0) > 1`,
  ),
  invariant(
    'I07',
    'inventory',
    'A serial number is promised to one line at most',
    sql`
    select r.company_id, r.lot_id, count(*) as promises from inventory.reservation r
      join inventory.lot t on t.company_id = r.company_id and t.id = r.lot_id and t.serial
     group by r.company_id, r.lot_id having count(*) > 1 or sum(r.quantity) <> 1`,
  ),
  invariant(
    'I10',
    'inventory',
    'A reversal takes back exactly what it reverses',
    sql`
    select m.company_id, m.id, m.reverses_id from inventory.move m
      left join inventory.move o on o.company_id = m.company_id and o.id = m.reverses_id
     where m.reverses_id is not null
       and (o.quantity, o.item_id, o.lot_id, o.from_id, o.to_id) is distinct from (m.quantity, m.item_id, m.lot_id, m.to_id, m.from_id)`,
  ),
  invariant(
    'I11',
    'inventory',
    'A move is reversed once at most',
    sql`
    select company_id, reverses_id, count(*) as reversals from inventory.move where reverses_id is not null
     group by company_id, reverses_id having count(*) > 1`,
  ),
  invariant(
    'I12',
    'inventory',
    'No lot goes to a customer on or after the day it expires',
    sql`
    select m.company_id, m.id, t.code, t.expires_on, m.posting_date from inventory.move m
      join inventory.lot t on t.company_id = m.company_id and t.id = m.lot_id and t.expires_on is not null
      join inventory.location l on l.company_id = m.company_id and l.id = m.to_id and l.kind = 'customer'
     where m.posting_date >= t.expires_on`,
  ),
  invariant(
    'I13',
    'inventory',
    'What left of a lot had come in before',
    sql`
    with place as materialized (
      select company_id, id, kind in ${OWN_PLACES} as own from inventory.location
    ), flow as materialized (
      -- Summed before lots are looked up: moves are many, and a database that was just loaded does not know how many.
      select m.company_id, m.lot_id, coalesce(sum(m.quantity) filter (where not g.own), 0) as gone, coalesce(sum(m.quantity) filter (where not f.own), 0) as come
        from inventory.move m join place f on f.company_id = m.company_id and f.id = m.from_id join place g on g.company_id = m.company_id and g.id = m.to_id
       where m.lot_id <> '00000000-0000-0000-0000-000000000000' and f.own <> g.own group by m.company_id, m.lot_id
    )
    select t.company_id, t.id as lot_id, t.code, w.gone, w.come from flow w
      join inventory.lot t on t.company_id = w.company_id and t.id = w.lot_id
     where w.gone > w.come
       and not exists (select from inventory.balance b where b.company_id = t.company_id and b.lot_id = t.id and b.negative_allowed)`,
  ),
  invariant(
    'W04',
    'inventory',
    'The quantity that is valued is the quantity on hand',
    sql`
    select company_id, item_id, coalesce(c.quantity, 0) as valued, coalesce(b.quantity, 0) as on_hand
      from (select company_id, item_id, quantity from costing.v_item_cost) c
      full join (select company_id, item_id, sum(on_hand) as quantity from inventory.balance group by 1, 2) b using (company_id, item_id)
     where coalesce(c.quantity, 0) <> coalesce(b.quantity, 0)`,
  ),
] as const
