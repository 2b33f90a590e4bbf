// What is free to promise of an item in a warehouse, for questions of the order desk: as reserving counts it.
import type { Context } from '#kernel/context'
import { type Sql, sql } from '#kernel/db'

/** Free in active stock places, of lots that are released and not expired; base units, 0 when there is nothing. */
export const freeIn = (
  { companyId, today }: Pick<Context, 'companyId' | 'today'>,
  item: Sql,
  warehouse: Sql,
): Sql => sql`
  coalesce((select sum(held.on_hand - held.reserved) from inventory.v_balance held
     join inventory.v_location place on place.company_id = held.company_id and place.id = held.location_id
      and place.warehouse_id = ${warehouse} and place.kind = 'stock' and place.state = 'active'
     left join inventory.v_lot lot on lot.company_id = held.company_id and lot.id = held.lot_id
    where held.company_id = ${companyId} and held.item_id = ${item} and held.on_hand > held.reserved
      and (lot.id is null or lot.state = 'released' and (lot.expires_on is null or lot.expires_on > ${today}::date))), 0)`
