// Where goods for a line being typed could come from: today's stock, expected supply, another warehouse, another item.
import type { Context } from '#kernel/context'
import { type Sql, sql } from '#kernel/db'
import { freeIn } from './free.ts'

type Asker = Pick<Context, 'companyId' | 'today' | 'now'>
type Place = { warehouse: string; shipTo?: string; requestedOn?: string }

/** Substitutes and other warehouses that are named; more would not be read while somebody is on the telephone. */
const NAMED = 3

/**
 * The day on which the goods of line `n` could be with the customer, by the rule of confirming: covered lines leave after
 * the warehouse's handling days, others when expected supply covers them after everybody who waits before; else null.
 */
export const earliest = ({ companyId, today, now }: Asker, { warehouse, shipTo, requestedOn }: Place): Sql => sql`
  (select greatest(sales.working_day(greatest(a.on_hand_by, ${today}::date), w.handling_days + case when a.on_hand_by <= ${today}::date
              and (${now}::timestamptz at time zone b.time_zone)::time > k.cut_off then 1 else 0 end, k.weekdays, k.holidays)
            + coalesce((select t.transit_days from party.v_ship_to t where t.company_id = ${companyId} and t.id = ${shipTo ?? null}::uuid), 1), ${requestedOn ?? null}::date)
     from company.v_warehouse w join company.v_company b on b.id = w.company_id left join company.v_calendar k on k.company_id = w.company_id and k.id = w.calendar_id
     cross join lateral (select case when n.kind <> 'stock' or n.short = 0 then ${today}::date else
       (select x.due_on from (select e.due_on, sum(e.quantity) over (order by e.due_on, e.id) as upto from inventory.v_expected e
           where e.company_id = ${companyId} and e.item_id = n.item_id and e.warehouse_id = w.id) x
         where x.upto >= n.short + ${waitingBefore(companyId, today, requestedOn)} order by x.due_on limit 1) end as on_hand_by) a
    where w.company_id = ${companyId} and w.id = ${warehouse} and n.base > 0 and a.on_hand_by is not null)`

/** What confirmed lines of the same item in the warehouse still wait for that come before a new order of this customer. */
const waitingBefore = (companyId: number, today: string, requestedOn: string | undefined) => sql`
  (select coalesce(sum(greatest(x.ordered - x.shipped - x.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r
            where r.company_id = x.company_id and r.source_line = x.id), 0), 0)), 0)
     from sales.order_line x join sales.orders p on p.company_id = x.company_id and p.id = x.order_id and p.state = 'confirmed' and p.warehouse_id = w.id
     join party.v_customer v on v.company_id = p.company_id and v.id = p.customer_id
    where x.company_id = ${companyId} and x.item_id = n.item_id and x.ordered > x.shipped + x.cancelled and x.kind = 'stock'
      and sales.priority(v.class, coalesce(p.requested_on, p.ordered_on)) <= sales.priority(n.class, coalesce(${requestedOn ?? null}::date, ${today}::date)))`

/** Other warehouses in which the item is free, the fullest first; only those that the person may see. */
export const elsewhere = (context: Asker, warehouse: string, seen: readonly string[] | null): Sql => sql`
  (select jsonb_agg(jsonb_build_object('warehouse', o.code, 'free', trim_scale(o.free)::text) order by o.free desc, o.code) from (
     select w.code, ${freeIn(context, sql`n.item_id`, sql`w.id`)} as free from company.v_warehouse w
      where w.company_id = ${context.companyId} and w.id <> ${warehouse} and w.state = 'active' and (${seen}::uuid[] is null or w.id = any(${seen}::uuid[]))
   ) o where o.free > 0)`

/** What could stand in for the item of line `n`: successor, then ranked substitutes, those that cover what is missing first. */
export const substitutes = (context: Asker, warehouse: string): Sql => sql`
  (select jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'name', s.name, 'unit', s.base_unit, 'free', trim_scale(s.free)::text, 'rule', s.price_rule, 'consent', s.asks)
            order by s.free >= n.short desc, s.free > 0 desc, s.rank) from (
     select i.id, i.code, i.name, i.base_unit, min(x.rank) as rank, min(x.price_rule) as price_rule, bool_and(x.needs_consent) and not n.consents as asks,
            ${freeIn(context, sql`i.id`, sql`${warehouse}::uuid`)} as free
       from (select v.substitute_id as id, v.rank, v.price_rule, v.needs_consent from catalog.v_substitute v where v.item_id = n.item_id
             union all
             select v.item_id, v.rank + 1000, v.price_rule, v.needs_consent from catalog.v_substitute v where v.substitute_id = n.item_id and v.two_way
             union all
             select n.successor_id, 0, 'keep', false where n.successor_id is not null) x
       join catalog.v_item i on i.id = x.id and i.state in ('active', 'obsolete')
      group by i.id, i.code, i.name, i.base_unit order by min(x.rank) limit ${NAMED}::int
   ) s)`
