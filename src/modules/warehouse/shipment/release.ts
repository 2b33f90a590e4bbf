// Releasing sends what is reserved for an order to the warehouse as a pick list, if credit and the order's rule allow.
import { overLimit } from '#credit'
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { signOfDecimal } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { reserveAtRelease } from '#sales'
import { refuse } from '../refusals.ts'
import { shipment } from './shipment.ts'
import { waiting } from './waiting.ts'

type Judged = {
  id: string
  number: string
  state: string
  customer: string
  open: string
  ready: string
  rule: string | null
  credit: string | null
  late: boolean
}

export const release = creation(
  shipment.verbs.release,
  T.object({ id: T.optional(T.id()), order: T.idOf('sales.order') }),
  async (call) => {
    const orders = call.input.map((one) => one.order)
    // Three statements on their way at once; each sees the world after the lock before it was granted.
    const [, first] = await Promise.all([lock(call, orders), judge(call, orders), write(call, orders)])
    const judged = await withLate(call, orders, first)
    for (const one of judged) {
      if (one.state !== 'confirmed')
        refuse('ORDER_NOT_RELEASED', {
          ...one,
          advice: one.state === 'on_hold' ? 'Have its hold released.' : 'Confirm it first.',
        })
      if (one.credit) refuse('CREDIT_STOPS', { ...one, reason: one.credit })
      if (signOfDecimal(one.ready) <= 0)
        refuse('NOTHING_TO_SHIP', { ...one, advice: 'Reserve stock for it, or wait for supply.' })
      if (one.rule) refuse('HELD_BY_RULE', one)
    }
    const known = new Set(judged.map((one) => one.id))
    const missing = orders.find((id) => !known.has(id))
    if (missing) refuse('ORDER_NOT_RELEASED', { number: missing, state: 'unknown', advice: 'Check its id.' })
  },
)

/** Two clerks who release the same order, or one who cancels it meanwhile, come one after the other. */
const lock = ({ tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>, orders: readonly string[]) =>
  tx.run(
    sql`select id from sales.v_order where company_id = ${companyId} and id = any(${orders}::uuid[]) order by id for no key update`,
  )

/** Where a warehouse promises stock only now, it is promised before those orders are looked at again and written. */
async function withLate(
  call: Call<readonly { order: string }[]>,
  orders: readonly string[],
  judged: readonly Judged[],
): Promise<readonly Judged[]> {
  const late = judged.filter((one) => one.late && one.state === 'confirmed').map((one) => one.id)
  if (late.length === 0) return judged
  await reserveAtRelease(call, sql`select unnest(${late}::uuid[]) as id`)
  const [again] = await Promise.all([judge(call, late), write(call, orders, 'late')])
  return [...judged.filter((one) => !late.includes(one.id)), ...again]
}

/** Looks at each order: its state, its credit, and whether its backorder rule lets what is ready go. */
function judge(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'today'>,
  orders: readonly string[],
): Promise<Judged[]> {
  const { companyId } = call
  return call.tx.rows(sql<Judged>`with asked as materialized (
      select o.id, o.number, o.state, o.customer_id, o.total, o.backorder_rule, o.warehouse_id from sales.v_order o where o.company_id = ${companyId} and o.id = any(${orders}::uuid[])
    ), open as materialized (
      select l.order_id, sum(l.ordered - l.shipped - l.cancelled) as open, sum(l.ordered) as ordered,
             sum(l.ordered - l.shipped - l.cancelled) filter (where l.kind <> 'stock') as services
        from sales.v_order_line l where l.company_id = ${companyId} and l.order_id = any(${orders}::uuid[]) group by l.order_id
    ), ready as materialized (
      select order_id, sum(quantity) as ready from ${waiting(companyId, sql`select unnest(${orders}::uuid[]) as id`)} w group by order_id
    ), shipments as (
      select order_id, count(*) as done from warehouse.shipment where company_id = ${companyId} and order_id = any(${orders}::uuid[]) and state = 'shipped' group by order_id
    )
    select a.id, a.number, a.state, c.code as customer, o.open::text, (coalesce(r.ready, 0) + coalesce(o.services, 0))::text as ready, x.reason as credit, w.reserve_at = 'release' as late,
           case when b.policy = 'ship-complete' and coalesce(r.ready, 0) + coalesce(o.services, 0) < o.open then 'it ships complete or not at all'
                when b.min_fill_percent > 0 and (coalesce(r.ready, 0) + coalesce(o.services, 0)) * 100 < o.open * b.min_fill_percent then 'less than ' || b.min_fill_percent || ' % could be shipped'
                when b.max_shipments is not null and coalesce(s.done, 0) >= b.max_shipments then 'no more than ' || b.max_shipments || ' shipment(s) are allowed' end as rule
      from asked a join open o on o.order_id = a.id join party.v_customer c on c.company_id = ${companyId} and c.id = a.customer_id
      join company.v_warehouse w on w.company_id = ${companyId} and w.id = a.warehouse_id
      left join sales.v_backorder_rule b on b.company_id = ${companyId} and b.code = a.backorder_rule
      left join ready r on r.order_id = a.id left join shipments s on s.order_id = a.id
      left join ${overLimit(companyId, call, sql`select id as order_id, customer_id, total as amount from asked`, 'release')} x on x.order_id = a.id
     order by a.id`)
}

/** Writes the shipments with a line for each reservation, and for services a line that needs no picking. */
async function write(
  call: Call<readonly { order: string }[]>,
  orders: readonly string[],
  which: 'ready' | 'late' = 'ready',
): Promise<void> {
  const { companyId } = call
  await call.tx.run(sql`with head as materialized (
      select d.id, d.number, o.id as order_id, o.customer_id, o.ship_to_id, o.warehouse_id, w.outbound_steps
        from unnest(${call.ids}::uuid[], ${call.numbers}::text[], ${orders}::uuid[]) as d (id, number, order_id)
        join sales.v_order o on o.company_id = ${companyId} and o.id = d.order_id
        join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id and (w.reserve_at = 'release') = ${which === 'late'}::boolean
    ), written as (
      insert into warehouse.shipment (company_id, id, number, order_id, customer_id, ship_to_id, warehouse_id, steps, state, created_at, updated_at)
      select ${companyId}, id, number, order_id, customer_id, ship_to_id, warehouse_id, outbound_steps, 'released', ${call.now}, ${call.now} from head
    ), part as (
      select order_id, order_line_id, item_id, lot_id, location_id as from_id, quantity from ${waiting(companyId, sql`select unnest(${orders}::uuid[]) as id`)} w where quantity > 0
      union all
      select l.order_id, l.id, l.item_id, '00000000-0000-0000-0000-000000000000', c.id, l.ordered - l.shipped - l.cancelled
        from sales.v_order_line l join inventory.v_location c on c.company_id = l.company_id and c.kind = 'customer'
       where l.company_id = ${companyId} and l.order_id = any(${orders}::uuid[]) and l.kind <> 'stock' and l.ordered > l.shipped + l.cancelled
         and not exists (select from warehouse.shipment_line n join warehouse.shipment h on h.company_id = n.company_id and h.id = n.shipment_id
               where n.company_id = l.company_id and n.order_line_id = l.id and h.state in ('released', 'picked', 'packed'))
    )
    insert into warehouse.shipment_line (company_id, id, shipment_id, line, order_line_id, item_id, lot_id, from_id, location_id, quantity)
    select ${companyId}, gen_random_uuid(), h.id, row_number() over (partition by h.id order by n.line, p.from_id, p.lot_id), p.order_line_id, p.item_id, p.lot_id, p.from_id, p.from_id, p.quantity
      from part p join head h on h.order_id = p.order_id join sales.v_order_line n on n.company_id = ${companyId} and n.id = p.order_line_id`)
}
