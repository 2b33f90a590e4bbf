// Promise dates: what is reserved leaves on the next working day, the rest with the supply that covers it (ORD-14).
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

type Promiser = Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today' | 'actor'>

/**
 * Sets the promise of every open line and keeps each change with its reason and terms. Reserved lines: today (or the
 * next working day after the cut-off) plus handling, both in the warehouse's working days, plus transit; never before
 * the day the customer asked for. Others: the day when expected supply covers the line after all lines that come before
 * it, by customer class, wanted day and age; without such supply there is no promise.
 * `confirm` also notes who confirmed the orders, which saves a statement.
 */
export async function promise(
  call: Promiser,
  set: Sql<{ id: string }>,
  reason: string,
  options: { confirm?: boolean } = {},
): Promise<void> {
  const { companyId, today } = call
  const noted = options.confirm
    ? sql`, noted as (update sales.orders o set confirmed_by = ${call.actor}, confirmed_at = ${call.now} from ${set} s where o.company_id = ${companyId} and o.id = s.id)`
    : sql``
  await call.tx.run(sql`with line as materialized (
      select l.id, l.promise, l.first_promise, l.kind, o.warehouse_id, l.item_id, o.requested_on, w.handling_days, coalesce(t.transit_days, 1) as transit_days,
             k.weekdays, k.holidays, (${call.now}::timestamptz at time zone b.time_zone)::time > k.cut_off as after_cut_off,
             sales.priority(c.class, coalesce(o.requested_on, o.ordered_on)) as priority, l.ordered - l.shipped - l.cancelled as open,
             coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0) as reserved
        from ${set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id
        join company.v_company b on b.id = o.company_id
        left join company.v_calendar k on k.company_id = w.company_id and k.id = w.calendar_id
        left join party.v_ship_to t on t.company_id = o.company_id and t.id = o.ship_to_id
       where l.ordered > l.shipped + l.cancelled
    ), waiting as materialized (
      select n.*, case when n.kind = 'stock' and n.reserved < n.open then ${ahead(companyId, set)} end as ahead from line n
    ), available as (
      select n.*, case when n.kind <> 'stock' or n.reserved >= n.open then ${today}::date
          else (select x.due_on from (select e.due_on, sum(e.quantity) over (order by e.due_on, e.id) as upto from inventory.v_expected e
                   where e.company_id = ${companyId} and e.item_id = n.item_id and e.warehouse_id = n.warehouse_id) x
                 where x.upto >= n.open - n.reserved + n.ahead order by x.due_on limit 1) end as on_hand_by
        from waiting n
    ), promised as materialized (
      select a.*, case when a.on_hand_by is null then null
          else greatest(sales.working_day(greatest(a.on_hand_by, ${today}::date), a.handling_days + case when a.after_cut_off and a.on_hand_by <= ${today}::date then 1 else 0 end, a.weekdays, a.holidays) + a.transit_days,
            a.requested_on) end as new_promise
        from available a
    )${noted}, kept as (
      insert into sales.promise (company_id, id, order_line_id, promise, reason, terms, at)
      select ${companyId}, gen_random_uuid(), id, new_promise, ${reason},
             jsonb_build_object('available', on_hand_by, 'reserved', reserved::text, 'open', open::text, 'ahead', ahead::text, 'handling_days', handling_days,
               'after_cut_off', after_cut_off, 'transit_days', transit_days, 'requested', requested_on), ${call.now}
        from promised where new_promise is distinct from promise
    )
    update sales.order_line l set promise = p.new_promise, first_promise = coalesce(l.first_promise, p.new_promise)
      from promised p where l.company_id = ${companyId} and l.id = p.id and p.new_promise is distinct from p.promise`)
}

/** What lines that come before line `n` still wait for, of the same item in the same warehouse. */
const ahead = (companyId: number, set: Sql<{ id: string }>) => sql`
  (select coalesce(sum(greatest(x.ordered - x.shipped - x.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = x.company_id and r.source_line = x.id), 0), 0)), 0)
     from sales.order_line x join sales.orders p on p.company_id = x.company_id and p.id = x.order_id
     join party.v_customer v on v.company_id = p.company_id and v.id = p.customer_id
    where x.company_id = ${companyId} and x.item_id = n.item_id and x.ordered > x.shipped + x.cancelled and x.kind = 'stock' and x.id <> n.id
      and p.warehouse_id = n.warehouse_id and (p.state = 'confirmed' or p.id in (select id from ${set} s))
      and (sales.priority(v.class, coalesce(p.requested_on, p.ordered_on)), x.id) < (n.priority, n.id))`
