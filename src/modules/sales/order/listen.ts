// What orders do when something happened elsewhere: goods came, money came, a shipment left. Safe to run twice.
import type { Context } from '#kernel/context'
import { type Sql, sql, type Tx } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { Listener } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { allocate } from './allocate.ts'
import { findings } from './assess.ts'
import { close } from './close.ts'
import { recheck } from './recheck.ts'

/** Attempts when somebody changed an order between the look and the verb. */
const ATTEMPTS = 3

/** The most held orders that are looked at again for one event; the next event looks at the next. */
const HELD_AT_ONCE = 500

type Supply = { warehouse_id: string; item_id: string }
type Turn = { tx: Tx; kernel: Kernel; context: Context }

/** Goods reached a place from which we sell, by whatever document: whoever waits for them is served by priority (ORD-11). */
export const goodsArrived: Listener = ({ event, ...turn }) =>
  releaseBackorders(
    turn,
    sql<Supply>`
  select distinct p.warehouse_id, m.item_id from inventory.v_move m
    join inventory.v_location p on p.company_id = m.company_id and p.id = m.to_id and p.kind = 'stock'
   where m.company_id = ${event.companyId} and m.source_id = ${event.documentId}`,
  )

/** An order gave back what it had: the next one gets it. */
export const stockFreed: Listener = ({ event, ...turn }) =>
  releaseBackorders(
    turn,
    sql<Supply>`
  select distinct o.warehouse_id, l.item_id from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.kind = 'stock'
   where o.company_id = ${event.companyId} and o.id = ${event.documentId}`,
  )

/** A shipment left: orders whose rule is to cancel what did not go with it are closed, with the rule as the reason (ORD-10). */
export const shipmentLeft: Listener = async ({ tx, kernel, context, event }) => {
  const orders = await tx.rows(sql<{ id: string; rule: string }>`select distinct o.id, r.code as rule
      from inventory.v_move m join sales.order_line l on l.company_id = m.company_id and l.id = m.source_line
      join sales.orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'confirmed'
      join sales.backorder_rule r on r.company_id = o.company_id and r.code = o.backorder_rule and r.policy = 'cancel-remainder'
     where m.company_id = ${event.companyId} and m.source_id = ${event.documentId}
       and exists (select from sales.order_line n where n.company_id = o.company_id and n.order_id = o.id and n.ordered > n.shipped + n.cancelled)`)
  for (const { id, rule } of orders) {
    await unlessMoved(() =>
      close.run(kernel, { ...context, reason: `rest cancelled by rule ${rule}` }, { ids: [id], input: {} }),
    )
  }
}

/** Money came, or a limit rose: orders that only credit holds, and credit holds no longer, go on (CRD-03). */
export const creditFreed: Listener = (turn) => goOn(turn, 'credit', 'credit looked at again: ')

/** An address was corrected: orders that only their address held go on. */
export const addressMended: Listener = (turn) => goOn(turn, 'address', 'address looked at again: ')

async function goOn({ tx, kernel, context, event }: Parameters<Listener>[0], kind: string, why: string): Promise<void> {
  const held = await tx.rows(sql<{
    id: string
  }>`select o.id from sales.hold h join sales.orders o on o.company_id = h.company_id and o.id = h.order_id and o.state = 'on_hold'
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
     where h.company_id = ${event.companyId} and h.kind = ${kind} and h.released_at is null and h.voided_at is null
       and not exists (select from sales.hold n where n.company_id = h.company_id and n.order_id = h.order_id and n.kind <> h.kind and n.released_at is null and n.voided_at is null)
     order by sales.priority(c.class, coalesce(o.requested_on, o.ordered_on)), h.raised_at limit ${HELD_AT_ONCE}`)
  if (held.length === 0) return
  // A look first: orders that stay held are left alone, so that their history does not fill with looks.
  const call = { tx, context, companyId: context.companyId, now: context.now, today: context.today }
  const still = new Set(
    (await findings(call, sql`select unnest(${held.map((one) => one.id)}::uuid[]) as id`)).map((one) => one.order_id),
  )
  const free = held.map((one) => one.id).filter((id) => !still.has(id))
  if (free.length === 0) return
  await unlessMoved(() => recheck.run(kernel, { ...context, reason: why + event.topic }, { ids: free, input: {} }))
}

/**
 * Reserves for the lines that wait for these items in these warehouses, best customer class, earliest wanted day and
 * oldest line first, and gives them their new promise. Only orders that get something are touched.
 */
export async function releaseBackorders({ tx, kernel, context }: Turn, supply: Sql<Supply>): Promise<void> {
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    const served = await tx.rows(next(context.companyId, supply))
    if (served.length === 0) return
    if (
      await unlessMoved(() =>
        allocate.run(kernel, context, { ids: served.map((one) => one.id), input: { waiting: true } }),
      )
    )
      return
  }
}

const next = (companyId: number, supply: Sql<Supply>) => sql<{ id: string }>`with free as materialized (
    select s.warehouse_id, s.item_id, sum(b.on_hand - b.reserved) as free from ${supply} s
      join inventory.v_balance b on b.company_id = ${companyId} and b.item_id = s.item_id
      join inventory.v_location p on p.company_id = b.company_id and p.id = b.location_id and p.kind = 'stock' and p.state = 'active' and p.warehouse_id = s.warehouse_id
     group by s.warehouse_id, s.item_id having sum(b.on_hand - b.reserved) > 0
  ), waiting as (
    select o.id, f.free, f.warehouse_id, f.item_id, l.id as line_id, sales.priority(c.class, coalesce(o.requested_on, o.ordered_on)) as priority,
           l.ordered - l.shipped - l.cancelled - coalesce((select sum(r.quantity) from inventory.v_reservation r where r.company_id = l.company_id and r.source_line = l.id), 0) as need
      from free f join sales.order_line l on l.company_id = ${companyId} and l.item_id = f.item_id and l.ordered > l.shipped + l.cancelled and l.kind = 'stock' and l.allocation = 'rule'
      join sales.orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'confirmed' and o.warehouse_id = f.warehouse_id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id and w.reserve_at = 'confirm'
      join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
  ), queued as (
    select id, free, sum(need) over (partition by warehouse_id, item_id order by priority, line_id) - need as before from waiting where need > 0
  )
  select distinct id from queued where before < free limit 10000`

/** True when it was done; false when somebody moved an order on meanwhile, so that the caller looks again. */
async function unlessMoved(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'WRONG_STATE' || error.code === 'NOT_FOUND')) return false
    throw error
  }
}
