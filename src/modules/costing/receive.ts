// What goods are worth when they come in: the running value grows, and first-in-first-out items get a layer.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import type { Cost } from './issue.ts'

/** Goods that enter our books: base units, positive, each unit worth `unit_cost` in the company's currency. */
export type Receipt = { move_id: string; item_id: string; quantity: string; unit_cost: string; source_id: string; source_line: string }

/** Values and books in the receipts of `date`; each value is rounded half away from zero to the minor unit. */
export function receive(call: Pick<Call<unknown>, 'tx' | 'companyId'>, given: { date: string; event: string; receipts: Sql<Receipt> }): Promise<Cost[]> {
  const { companyId } = call
  return call.tx.rows(sql<Cost>`with received as materialized (
      select g.*, i.costing, round(g.quantity * g.unit_cost, b.digits) as value
        from ${given.receipts} g join catalog.v_item i on i.id = g.item_id cross join company.v_company b
       where b.id = ${companyId} and g.quantity > 0
    ), running as (
      insert into costing.item_cost as c (company_id, item_id, quantity, value)
      select ${companyId}, item_id, sum(quantity), sum(value) from received group by item_id order by item_id
      on conflict (company_id, item_id) do update set quantity = c.quantity + excluded.quantity,
        value = case when c.quantity + excluded.quantity = 0 then 0 else c.value + excluded.value end
    ), layers as (
      insert into costing.layer (company_id, id, item_id, received_on, quantity, value, remaining_quantity, remaining_value, source_id)
      select ${companyId}, move_id, item_id, ${given.date}::date, quantity, value, quantity, value, source_id from received where costing = 'fifo'
    ), facts as (
      insert into costing.valuation (company_id, id, posting_date, move_id, item_id, quantity, value, event, source_id, source_line)
      select ${companyId}, move_id, ${given.date}::date, move_id, item_id, quantity, value, ${given.event}, source_id, source_line from received
    )
    select source_id, source_line, item_id, sum(quantity)::text as quantity, sum(value)::text as value from received group by 1, 2, 3`)
}
