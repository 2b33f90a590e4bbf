// Another lot than the promised one was taken: the promise goes over to it, if it is free and good.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from './refusals.ts'
import { Torn } from './torn.ts'

/** `quantity` (base units) of a line's promise at one place goes from one lot to another. */
export type Repromise = {
  source_line: string
  location_id: string
  item_id: string
  from_lot: string
  to_lot: string
  quantity: string
}

/**
 * Moves promises between lots of the same place, balances locked in one sorted statement. Refuses LOT_NOT_FREE when the
 * new lot has less free than is taken, is expired or blocked, or the line has less promised than goes over.
 */
export async function repromise(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today'>,
  changes: Sql<Repromise>,
): Promise<void> {
  const { companyId } = call
  const problem = await call.tx.first(sql<{
    item: string
    lot: string
    free: string
    wanted: string
  }>`with change as materialized (select * from ${changes} c),
    ends as materialized (
      select location_id, item_id, lot_id, sum(quantity) as quantity from (
        select location_id, item_id, from_lot as lot_id, -quantity as quantity from change union all select location_id, item_id, to_lot, quantity from change) x group by 1, 2, 3
    ), locked as materialized (
      select b.location_id, b.item_id, b.lot_id, b.on_hand, b.reserved, b.negative_allowed, b.on_hand - b.reserved as free from inventory.balance b join ends c using (location_id, item_id, lot_id)
       where b.company_id = ${companyId} order by b.location_id, b.item_id, b.lot_id for no key update of b
    ), problem as materialized (
      select c.item_id, c.lot_id, coalesce(k.free, 0) as free, c.quantity as wanted from ends c left join locked k using (location_id, item_id, lot_id)
        left join inventory.lot t on t.company_id = ${companyId} and t.id = c.lot_id
       where c.quantity > 0 and (coalesce(k.free, 0) < c.quantity or t.state <> 'released' or t.expires_on <= ${call.today}::date)
      union all
      select c.item_id, c.from_lot, coalesce(r.quantity, 0), c.quantity from change c
        left join inventory.reservation r on r.company_id = ${companyId} and r.source_line = c.source_line and r.location_id = c.location_id and r.lot_id = c.from_lot
       where coalesce(r.quantity, 0) < c.quantity
    ), updated as (
      update inventory.balance b set on_hand = k.on_hand, reserved = k.reserved + c.quantity, negative_allowed = k.negative_allowed from ends c join locked k using (location_id, item_id, lot_id)
       where b.company_id = ${companyId} and b.location_id = c.location_id and b.item_id = c.item_id and b.lot_id = c.lot_id and not exists (select from problem)
    ), gone as (
      delete from inventory.reservation r using change c where r.company_id = ${companyId} and r.source_line = c.source_line and r.location_id = c.location_id
         and r.lot_id = c.from_lot and r.quantity = c.quantity and not exists (select from problem) returning r.*
    ), less as (
      update inventory.reservation r set quantity = r.quantity - c.quantity from change c where r.company_id = ${companyId} and r.source_line = c.source_line
         and r.location_id = c.location_id and r.lot_id = c.from_lot and r.quantity > c.quantity and not exists (select from problem) returning r.*
    ), taken as (
      insert into inventory.reservation as r (company_id, id, source, source_id, source_line, location_id, item_id, lot_id, quantity, serial, reason, created_at)
      select ${companyId}, gen_random_uuid(), k.source, k.source_id, k.source_line, k.location_id, k.item_id, c.to_lot, c.quantity, k.serial, 'another lot was taken', ${call.now}
        from change c join (select * from gone union all select * from less) k on k.source_line = c.source_line and k.location_id = c.location_id and k.lot_id = c.from_lot
      on conflict (company_id, source_line, location_id, lot_id) do update set quantity = r.quantity + excluded.quantity
    )
    select null as item, null as lot, null as free, null as wanted
      where (select count(*) from gone) + (select count(*) from less) <> (select count(*) from change) and not exists (select from problem)
    union all
    (select i.code as item, coalesce(t.code, '') as lot, trim_scale(p.free)::text as free, trim_scale(p.wanted)::text as wanted
      from problem p join catalog.v_item i on i.id = p.item_id left join inventory.lot t on t.company_id = ${companyId} and t.id = p.lot_id limit 1)`)
  if (problem?.item === null) throw new Torn('a promise was taken away while its stock was waited for')
  if (problem) refuse('LOT_NOT_FREE', problem)
}
