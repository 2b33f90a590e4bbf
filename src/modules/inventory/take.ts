// Taking promised stock: what is not free is taken from the newest promises first, and whoever loses is named.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

/** Goods, in base units, that leave a place whether they are promised or not. */
export type Take = { location_id: string; item_id: string; lot_id: string; quantity: string }
/** A promise that was made smaller: whose it was, and by how much. */
export type Loser = { source: string; source_id: string; source_line: string; item_id: string; quantity: string }

/**
 * Frees as much promised stock as the takes need beyond what is free. The balances are locked first, sorted, in a
 * statement of their own, so that the promises read next are those that still stand.
 */
export async function takePromised(call: Pick<Call<unknown>, 'tx' | 'companyId'>, takes: Sql<Take>): Promise<Loser[]> {
  const { tx, companyId } = call
  const [, losers] = await Promise.all([
    tx.run(sql`select b.item_id from inventory.balance b where b.company_id = ${companyId}
      and (b.location_id, b.item_id, b.lot_id) in (select location_id, item_id, lot_id from ${takes} t)
      order by b.location_id, b.item_id, b.lot_id for no key update`),
    tx.rows(sql<Loser>`with need as materialized (
        select b.location_id, b.item_id, b.lot_id, least(sum(t.quantity) - (b.on_hand - b.reserved), b.reserved) as quantity
          from ${takes} t join inventory.balance b on b.company_id = ${companyId} and b.location_id = t.location_id and b.item_id = t.item_id and b.lot_id = t.lot_id
         group by b.location_id, b.item_id, b.lot_id, b.on_hand, b.reserved having sum(t.quantity) > b.on_hand - b.reserved
      ), held as (
        select r.*, n.quantity as needed, sum(r.quantity) over (partition by r.location_id, r.item_id, r.lot_id order by r.created_at desc, r.id) as upto
          from need n join inventory.reservation r on r.company_id = ${companyId} and r.location_id = n.location_id and r.item_id = n.item_id and r.lot_id = n.lot_id
      ), lost as materialized (
        select *, least(quantity, needed - (upto - quantity)) as free from held where upto - quantity < needed
      ), given as (
        update inventory.balance b set reserved = b.reserved - f.free
          from (select location_id, item_id, lot_id, sum(free) as free from lost group by 1, 2, 3) f
         where b.company_id = ${companyId} and b.location_id = f.location_id and b.item_id = f.item_id and b.lot_id = f.lot_id
      ), gone as (
        delete from inventory.reservation r using lost f where r.company_id = ${companyId} and r.id = f.id and f.free = r.quantity
      ), less as (
        update inventory.reservation r set quantity = r.quantity - f.free from lost f where r.company_id = ${companyId} and r.id = f.id and f.free < r.quantity
      )
      select source, source_id, source_line, item_id, trim_scale(free)::text as quantity from lost order by source_id, source_line`),
  ])
  return losers
}
