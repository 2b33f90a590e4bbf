// Unallocating takes stock back from orders by hand, from the latest need first; it goes to whoever is next (C6).
import { unreserve } from '#inventory'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'
import { promise } from './promise.ts'
import { resolveLines } from './resolve.ts'

/**
 * Without input everything not picked yet is taken back; `item` narrows it, `quantity` (base units) says how much in
 * all. The lines concerned get stock by hand from now on, or the rule would give it back to them. Refuses
 * NOTHING_TO_ALLOCATE when nothing of it is reserved.
 */
export const unallocate = command(
  order.verbs.unallocate,
  T.object({ item: T.optional(T.ref('catalog.item')), quantity: T.optional(T.quantity()) }),
  async (call) => {
    const { tx, companyId, input } = call
    const [found] = input.item === undefined ? [] : await resolveLines(tx, [{ customerId: null, codes: [input.item] }])
    const itemId = found?.[0]?.itemId ?? null
    const lines = await tx.rows(sql<{ id: string; keep: string }>`with held as (
      select l.id, sum(r.quantity) as reserved, coalesce(sum(r.quantity) filter (where p.kind = 'stock'), 0) as takeable,
             sales.priority(min(c.class), min(coalesce(o.requested_on, o.ordered_on))) as priority
        from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and (${itemId}::uuid is null or l.item_id = ${itemId})
        join inventory.v_reservation r on r.company_id = l.company_id and r.source_line = l.id
        join inventory.v_location p on p.company_id = r.company_id and p.id = r.location_id group by l.id
    ), latest as (
      select *, sum(takeable) over (order by priority desc, id desc) as upto from held where takeable > 0
    ), taken as (
      select id, reserved, least(takeable, coalesce(${input.quantity ?? null}::numeric, takeable + upto) - upto + takeable) as take from latest
    ), marked as (
      update sales.order_line l set allocation = 'hand' from taken t where l.company_id = ${companyId} and l.id = t.id and t.take > 0
    )
    select id, (reserved - take)::text as keep from taken where take > 0`)
    if (lines.length === 0) refuse('NOTHING_TO_ALLOCATE', { number: call.rows.map((row) => row.number).join(', ') })
    const freed = await unreserve(
      call,
      sql`select id as source_line, keep from unnest(${lines.map((one) => one.id)}::uuid[], ${lines.map((one) => one.keep)}::numeric[]) as k (id, keep)`,
    )
    await promise(call, call.set, 'stock taken back')
    return { result: { freed } }
  },
)
