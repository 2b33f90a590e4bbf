// What goods are worth when they come in: the running value grows, and first-in-first-out items get a layer.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { post } from '#ledger'
import { type Cost, lockCosts } from './issue.ts'

/** Goods that enter our books: base units, positive, each unit worth `unit_cost` in the company's currency. */
export type Receipt = {
  move_id: string
  item_id: string
  quantity: string
  unit_cost: string
  source_id: string
  source_line: string
}

export type Receiver = Pick<Call<unknown>, 'tx' | 'kernel' | 'context' | 'companyId' | 'actor' | 'now'>
type Settled = { item_id: string; value: string }

/**
 * Values and books in the receipts of `date`; each value is rounded half away from zero to the minor unit.
 * Goods that were issued before they were booked in (negative stock, by waiver) cost what they now turn out to cost:
 * the difference leaves stock as a valuation without quantity and is posted to the cost of sales here.
 */
export async function receive(
  call: Receiver,
  given: { date: string; event: string; receipts: Sql<Receipt> },
): Promise<Cost[]> {
  const { tx, companyId } = call
  const [, rows] = await Promise.all([
    lockCosts(call, sql`select item_id from ${given.receipts} g`),
    tx.rows(sql<Cost & { settled: Settled[] | null }>`with received as materialized (
      select g.*, i.costing, round(g.quantity * g.unit_cost, b.digits) as value, b.digits, sum(g.quantity) over (partition by g.item_id order by g.move_id) as upto
        from ${given.receipts} g join catalog.v_item i on i.id = g.item_id cross join company.v_company b
       where b.id = ${companyId} and g.quantity > 0
    ), owed as materialized (
      select c.item_id, -c.quantity as quantity, c.value, sum(r.quantity) as received, sum(r.value) as received_value, min(r.digits) as digits
        from costing.item_cost c join received r on r.item_id = c.item_id where c.company_id = ${companyId} and c.quantity < 0 group by c.item_id, c.quantity, c.value
    ), settled as materialized (
      select item_id, value + received_value
          - case when received >= quantity then round(received_value * (received - quantity) / received, digits)
                 else round(value * (quantity - received) / quantity, digits) end as difference
        from owed
    ), running as (
      insert into costing.item_cost as c (company_id, item_id, quantity, value)
      select ${companyId}, r.item_id, sum(r.quantity), sum(r.value) - coalesce(min(s.difference), 0) from received r left join settled s on s.item_id = r.item_id group by r.item_id order by r.item_id
      on conflict (company_id, item_id) do update set quantity = c.quantity + excluded.quantity, value = c.value + excluded.value
    ), kept as (
      select r.*, least(r.quantity, greatest(r.upto - coalesce(o.quantity, 0), 0)) as left_over, o.received, o.received_value, o.quantity as owed, r.upto - coalesce(o.quantity, 0) as beyond
        from received r left join owed o on o.item_id = r.item_id
    ), layers as (
      insert into costing.layer (company_id, id, item_id, received_on, quantity, value, remaining_quantity, remaining_value, source_id)
      select ${companyId}, move_id, item_id, ${given.date}::date, left_over, worth, left_over, worth, source_id
        from (select *, case when owed is null then value
                else round(received_value * beyond / received, digits) - round(received_value * greatest(beyond - left_over, 0) / received, digits) end as worth from kept) k
       where costing = 'fifo' and left_over > 0
    ), facts as (
      insert into costing.valuation (company_id, id, posting_date, move_id, item_id, quantity, value, event, source_id, source_line)
      select ${companyId}::int, move_id, ${given.date}::date, move_id, item_id, quantity, value, ${given.event}::text, source_id, source_line from received
      union all
      select ${companyId}::int, gen_random_uuid(), ${given.date}::date, (array_agg(r.move_id))[1], s.item_id, 0, -s.difference, 'negative-settled', (array_agg(r.source_id))[1], (array_agg(r.source_line))[1]
        from settled s join received r on r.item_id = s.item_id where s.difference <> 0 group by s.item_id, s.difference
    )
    select source_id, source_line, item_id, sum(quantity)::text as quantity, sum(value)::text as value,
           (select jsonb_agg(jsonb_build_object('item_id', s.item_id, 'value', s.difference::text)) from settled s where s.difference <> 0) as settled
      from received group by 1, 2, 3`),
  ])
  const settled = rows[0]?.settled ?? []
  if (settled.length > 0) await postSettled(call, given.date, settled)
  return rows.map(({ settled: _, ...cost }) => cost)
}

/** What earlier issues really cost: the difference leaves stock for the cost of sales (or comes back from it). */
async function postSettled(call: Receiver, date: string, settled: readonly Settled[]): Promise<void> {
  const id = newId()
  await post(call, {
    date,
    count: 1,
    entries: sql`select ${id}::uuid as entry_id, 'STK' as journal, 'negative-settled' as event, 'costing.valuation' as source, ${id}::uuid as source_id, 'Goods issued before they were booked in' as description`,
    lines: sql`select ${id}::uuid as entry_id, x.role, null::text as account, null::uuid as party_id, v.item_id, null::uuid as warehouse_id,
        greatest(v.value * x.side, 0) as debit, greatest(-v.value * x.side, 0) as credit, b.currency, v.value * x.side as amount_currency
      from unnest(${settled.map((one) => one.item_id)}::uuid[], ${settled.map((one) => one.value)}::numeric[]) as v (item_id, value)
      cross join company.v_company b cross join (values ('cost-of-sales', 1), ('inventory', -1)) as x (role, side) where b.id = ${call.companyId}`,
  })
}
