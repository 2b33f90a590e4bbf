// Shipping is the one event that takes goods off our books: stock, cost, ledger, order and exposure move together.
import { issue } from '#costing'
import { overLimit } from '#credit'
import { move } from '#inventory'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { post } from '#ledger'
import { recordShipped, recordShippedCost } from '#sales'
import { refuse } from '../refusals.ts'
import { shipment } from './shipment.ts'
import { lockOrders } from './waiting.ts'

type Leaving = {
  shipment_id: string
  line_id: string
  order_line_id: string
  order_id: string
  customer_id: string
  warehouse_id: string
  item_id: string
  lot_id: string
  from_id: string
  to_id: string
  quantity: string
  kind: string
  costing: string
  steps: number
  state: string
  number: string
  order_number: string
  customer: string
  stopped: string | null
}

/** In how many steps a warehouse ships, and in which state a shipment may then leave. */
const READY: Readonly<Record<number, readonly string[]>> = { 1: ['released', 'picked'], 2: ['picked'], 3: ['packed'] }

export const ship = command(
  shipment.verbs.ship,
  T.object({ carrier: T.optional(T.text(60)), tracking: T.optional(T.text(60)) }),
  async (call) => {
    const [, lines] = await Promise.all([call.tx.run(lockOrders(call.companyId, call.set)), leaving(call)])
    for (const row of call.rows)
      if (!lines.some((line) => line.shipment_id === row.id)) refuse('NOTHING_PICKED', { number: row.number })
    const wrong = lines.find((line) => !READY[line.steps]?.includes(line.state))
    if (wrong) refuse('WRONG_STEP', { ...wrong, verb: 'ship' })
    const stopped = lines.find((line) => line.stopped !== null)
    if (stopped)
      refuse('CREDIT_STOPS', { customer: stopped.customer, number: stopped.order_number, reason: stopped.stopped })
    // Order lines and credit before stock, as everywhere: what a confirmation locks in that order, shipping does too.
    await recordShipped(
      call,
      sql`select order_line_id, quantity from unnest(${lines.map((one) => one.order_line_id)}::uuid[],
    ${lines.map((one) => one.quantity)}::numeric[]) as s (order_line_id, quantity)`,
    )
    const goods = lines.filter((line) => line.kind === 'stock')
    if (goods.length === 0) return
    const costs = await takeGoods(call, goods)
    const orderLine = new Map(goods.map((one) => [one.line_id, one.order_line_id]))
    await recordShippedCost(
      call,
      sql`select order_line_id, cost from unnest(${costs.map((one) => orderLine.get(one.source_line))}::uuid[],
    ${costs.map((one) => one.value)}::numeric[]) as s (order_line_id, cost)`,
    )
  },
)

/**
 * The goods that leave (one-step warehouses: all that is listed), marked as shipped in the same statement, and whether
 * credit stops their order.
 */
function leaving(call: Call<{ carrier?: string; tracking?: string }>): Promise<Leaving[]> {
  const { companyId } = call
  return call.tx.rows(sql<Leaving>`with head as (
      update warehouse.shipment h set shipped_on = ${call.today}::date, shipped_by = ${call.actor}, carrier = coalesce(${call.input.carrier ?? null}, h.carrier),
             tracking = coalesce(${call.input.tracking ?? null}, h.tracking)
        from ${call.set} s where h.company_id = ${companyId} and h.id = s.id
      returning h.id, h.order_id, h.customer_id, h.warehouse_id, h.steps, h.state, h.number
    ), line as materialized (
      select h.id as shipment_id, n.id as line_id, n.order_line_id, h.order_id, h.customer_id, h.warehouse_id, n.item_id, n.lot_id,
             case when h.state = 'released' then n.from_id else n.location_id end as from_id, c.id as to_id,
             case when h.state = 'released' then n.quantity - n.short else n.picked end as quantity, i.kind, i.costing, h.steps, h.state, h.number
        from head h join warehouse.shipment_line n on n.company_id = ${companyId} and n.shipment_id = h.id
        join catalog.v_item i on i.id = n.item_id
        join inventory.v_location c on c.company_id = ${companyId} and c.kind = 'customer' and c.warehouse_id is null
    ), gone as (
      update warehouse.shipment_line n set picked = l.quantity, location_id = l.to_id from line l where n.company_id = ${companyId} and n.id = l.line_id and l.quantity > 0
    ), stop as materialized (
      select order_id, reason from ${overLimit(
        companyId,
        call,
        sql`select o.id as order_id, o.customer_id, o.total as amount from sales.v_order o
        where o.company_id = ${companyId} and o.id in (select h.order_id from warehouse.shipment h where h.company_id = ${companyId} and h.id = any(${call.ids}::uuid[]))`,
        'ship',
      )} x
    )
    select l.*, o.number as order_number, c.code as customer, s.reason as stopped
      from line l join sales.v_order o on o.company_id = ${companyId} and o.id = l.order_id join party.v_customer c on c.company_id = ${companyId} and c.id = l.customer_id
      left join stop s on s.order_id = l.order_id where l.quantity > 0 order by l.shipment_id, l.line_id`)
}

/** Moves the goods to the customer, values them, and posts cost from inventory to shipped-not-invoiced. */
async function takeGoods(call: Call<unknown>, goods: readonly Leaving[]) {
  const { companyId, today } = call
  const column = <K extends keyof Leaving>(key: K) => goods.map((line) => line[key])
  await move(call, {
    date: today,
    event: 'shipped',
    source: 'warehouse.shipment',
    moves: sql`select line_id as move_id, item_id, lot_id, from_id, to_id, quantity, shipment_id as source_id, order_line_id as source_line, 'consumed' as reservation
      from unnest(${column('line_id')}::uuid[], ${column('item_id')}::uuid[], ${column('lot_id')}::uuid[], ${column('from_id')}::uuid[], ${column('to_id')}::uuid[],
        ${column('quantity')}::numeric[], ${column('shipment_id')}::uuid[], ${column('order_line_id')}::uuid[]) as m (line_id, item_id, lot_id, from_id, to_id, quantity, shipment_id, order_line_id)`,
  })
  const costs = await issue(call, {
    date: today,
    event: 'shipped',
    layered: goods.some((line) => line.costing === 'fifo'),
    issues: sql`select line_id as move_id, item_id, quantity, shipment_id as source_id, line_id as source_line
      from unnest(${column('line_id')}::uuid[], ${column('item_id')}::uuid[], ${column('quantity')}::numeric[], ${column('shipment_id')}::uuid[]) as m (line_id, item_id, quantity, shipment_id)`,
  })
  await post(call, {
    date: today,
    count: call.ids.length,
    entries: sql`select s.id as entry_id, 'STK' as journal, 'shipped' as event, 'warehouse.shipment' as source, s.id as source_id, h.number as description
      from ${call.set} s join warehouse.shipment h on h.company_id = ${companyId} and h.id = s.id`,
    lines: sql`with cost as (select source_id, sum(value) as value from unnest(${costs.map((one) => one.source_id)}::uuid[], ${costs.map((one) => one.value)}::numeric[]) as c (source_id, value) group by source_id)
      select c.source_id as entry_id, x.role, null::text as account, h.customer_id as party_id, null::uuid as item_id, h.warehouse_id,
             case x.side when 1 then c.value else 0 end as debit, case x.side when 1 then 0 else c.value end as credit, b.currency, c.value * x.side as amount_currency
        from cost c join warehouse.shipment h on h.company_id = ${companyId} and h.id = c.source_id join company.v_company b on b.id = ${companyId}
        cross join (values ('shipped-not-invoiced', 1), ('inventory', -1)) as x (role, side)`,
  })
  return costs
}
