// Sending a transfer takes free stock off the shelf, first expiry first, and puts it and its value on the road (INV-10).
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { type Move, move } from '../move.ts'
import { refuse } from '../refusals.ts'
import { type Demand, reserve } from '../reserve.ts'
import { book } from './book.ts'
import { transfer } from './transfer.ts'

type Line = { id: string; transfer_id: string; item: string; quantity: string; warehouse: string; value: string }

export const ship = command(transfer.verbs.ship, T.object({}), async (call) => {
  const { companyId } = call
  const demand = sql<Demand>`select n.transfer_id as source_id, n.id as source_line, h.from_warehouse_id as warehouse_id, n.item_id, n.quantity, 1 as priority
    from inventory.transfer h join ${call.set} s on s.id = h.id join inventory.transfer_line n on n.company_id = h.company_id and n.transfer_id = h.id where h.company_id = ${companyId}`
  const got = new Map(
    (await reserve(call, 'inventory.transfer', demand, 'transfer')).map((one) => [one.source_line, one.reserved]),
  )
  await move(call, {
    date: call.today,
    event: 'sent',
    source: 'inventory.transfer',
    moves: sql<Move>`select gen_random_uuid() as move_id, r.item_id, r.lot_id, r.location_id as from_id, t.id as to_id, r.quantity, r.source_id, r.source_line, 'consumed' as reservation
      from inventory.reservation r join ${call.set} s on s.id = r.source_id join inventory.location t on t.company_id = r.company_id and t.kind = 'transit' and t.warehouse_id is null
     where r.company_id = ${companyId} and r.source = 'inventory.transfer'`,
  })
  const lines = await send(call)
  for (const line of lines) {
    const possible = got.get(line.id) ?? '0'
    if (compareDecimals(possible, line.quantity) < 0)
      refuse('STOCK_SHORT', { item: line.item, location: line.warehouse, possible, wanted: line.quantity })
  }
  await book(
    call,
    'sent',
    lines.map((line) => ({ id: line.transfer_id, value: line.value, debit: 'in-transit', credit: 'inventory' })),
  )
})

/** Values the lines at the running average, and lets the other warehouse expect them. */
function send(call: Call<unknown>): Promise<Line[]> {
  const { companyId } = call
  return call.tx.rows(sql<Line>`with head as (
      update inventory.transfer h set sent_on = ${call.today}::date from ${call.set} s where h.company_id = ${companyId} and h.id = s.id
      returning h.id, h.from_warehouse_id, h.to_warehouse_id, coalesce(h.due_on, ${call.today}::date) as due_on
    ), sent as (
      update inventory.transfer_line n set value = round(n.quantity * coalesce(c.value / nullif(c.quantity, 0), i.standard_cost), b.digits)
        from head h cross join company.v_company b, catalog.v_item i left join costing.v_item_cost c on c.company_id = ${companyId} and c.item_id = i.id
       where n.company_id = ${companyId} and n.transfer_id = h.id and i.id = n.item_id and b.id = ${companyId}
      returning n.id, n.transfer_id, n.item_id, i.code as item, n.quantity, n.value
    ), expected as (
      insert into inventory.expected (company_id, id, source, source_id, source_line, warehouse_id, item_id, quantity, due_on)
      select ${companyId}, gen_random_uuid(), 'inventory.transfer', n.transfer_id, n.id, h.to_warehouse_id, n.item_id, n.quantity, h.due_on from sent n join head h on h.id = n.transfer_id
    )
    select n.id, n.transfer_id, n.item, n.quantity::text, n.value::text, w.name as warehouse from sent n join head h on h.id = n.transfer_id
      join company.v_warehouse w on w.company_id = ${companyId} and w.id = h.from_warehouse_id order by n.id`)
}
