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

type Leaving = {
  shipment_id: string; line_id: string; order_line_id: string; order_id: string; customer_id: string; warehouse_id: string; item_id: string; lot_id: string
  from_id: string; to_id: string; quantity: string; kind: string; steps: number; state: string; number: string
}

const LAST_STEP = ['released', 'picked', 'packed'] as const

export const ship = command(shipment.verbs.ship, T.object({ carrier: T.optional(T.text(60)), tracking: T.optional(T.text(60)) }), async (call) => {
  const lines = await leaving(call)
  for (const id of call.ids) if (!lines.some((line) => line.shipment_id === id)) refuse('NOTHING_PICKED', { number: call.rows.find((row) => row.id === id)?.number })
  const wrong = lines.find((line) => line.state !== LAST_STEP[line.steps - 1])
  if (wrong) refuse('WRONG_STEP', { ...wrong, verb: 'ship' })
  await refuseCredit(call, lines)
  // Order lines and credit before stock, as everywhere: what a confirmation locks in that order, shipping does too.
  await recordShipped(call, sql`select order_line_id, quantity from unnest(${lines.map((one) => one.order_line_id)}::uuid[],
    ${lines.map((one) => one.quantity)}::numeric[]) as s (order_line_id, quantity)`)
  const goods = lines.filter((line) => line.kind === 'stock')
  if (goods.length === 0) return
  const costs = await takeGoods(call, goods)
  const orderLine = new Map(goods.map((one) => [one.line_id, one.order_line_id]))
  await recordShippedCost(call, sql`select order_line_id, cost from unnest(${costs.map((one) => orderLine.get(one.source_line))}::uuid[],
    ${costs.map((one) => one.value)}::numeric[]) as s (order_line_id, cost)`)
})

/** The picked goods of the shipments (one-step warehouses: all of them), marked as shipped in the same statement. */
function leaving(call: Call<{ carrier?: string; tracking?: string }>): Promise<Leaving[]> {
  const { companyId } = call
  return call.tx.rows(sql<Leaving>`with head as (
      update warehouse.shipment h set shipped_on = ${call.today}::date, shipped_by = ${call.actor}, carrier = coalesce(${call.input.carrier ?? null}, h.carrier),
             tracking = coalesce(${call.input.tracking ?? null}, h.tracking)
        from ${call.set} s where h.company_id = ${companyId} and h.id = s.id
      returning h.id, h.order_id, h.customer_id, h.warehouse_id, h.steps, h.state, h.number
    ), line as materialized (
      select h.id as shipment_id, n.id as line_id, n.order_line_id, h.order_id, h.customer_id, h.warehouse_id, n.item_id, n.lot_id, n.location_id as from_id, c.id as to_id,
             case when h.state = 'released' and n.short = 0 and n.picked = 0 then n.quantity else n.picked end as quantity, i.kind, h.steps, h.state, h.number
        from head h join warehouse.shipment_line n on n.company_id = ${companyId} and n.shipment_id = h.id
        join catalog.v_item i on i.id = n.item_id
        join inventory.v_location c on c.company_id = ${companyId} and c.kind = 'customer'
    ), picked as (
      update warehouse.shipment_line n set picked = l.quantity, location_id = l.to_id from line l where n.company_id = ${companyId} and n.id = l.line_id
    )
    select * from line where quantity > 0 order by shipment_id, line_id`)
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
    issues: sql`select line_id as move_id, item_id, quantity, shipment_id as source_id, line_id as source_line
      from unnest(${column('line_id')}::uuid[], ${column('item_id')}::uuid[], ${column('quantity')}::numeric[], ${column('shipment_id')}::uuid[]) as m (line_id, item_id, quantity, shipment_id)`,
  })
  await post(call, {
    date: today,
    count: call.ids.length,
    entries: sql`select s.id as entry_id, 'STOCK' as journal, 'shipped' as event, 'warehouse.shipment' as source, s.id as source_id, h.number as description
      from ${call.set} s join warehouse.shipment h on h.company_id = ${companyId} and h.id = s.id`,
    lines: sql`with cost as (select source_id, sum(value) as value from unnest(${costs.map((one) => one.source_id)}::uuid[], ${costs.map((one) => one.value)}::numeric[]) as c (source_id, value) group by source_id)
      select c.source_id as entry_id, x.role, null::text as account, h.customer_id as party_id, null::uuid as item_id, h.warehouse_id,
             case x.side when 1 then c.value else 0 end as debit, case x.side when 1 then 0 else c.value end as credit, b.currency, c.value * x.side as amount_currency
        from cost c join warehouse.shipment h on h.company_id = ${companyId} and h.id = c.source_id join company.v_company b on b.id = ${companyId}
        cross join (values ('shipped-not-invoiced', 1), ('inventory', -1)) as x (role, side)`,
  })
  return costs
}

async function refuseCredit(call: Call<unknown>, lines: readonly Leaving[]): Promise<void> {
  const stopped = await call.tx.first(sql<{ customer: string; number: string; reason: string }>`
    select c.code as customer, o.number, x.reason from ${overLimit(call.companyId, call, sql`select id as order_id, customer_id, total as amount from sales.v_order
        where company_id = ${call.companyId} and id = any(${[...new Set(lines.map((line) => line.order_id))]}::uuid[])`, 'ship')} x
      join sales.v_order o on o.company_id = ${call.companyId} and o.id = x.order_id join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id limit 1`)
  if (stopped) refuse('CREDIT_STOPS', stopped)
}
