// What goods cost when they leave: moving average, or first in first out, exact to the minor unit.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

/** Goods that leave our books: base units, positive. */
export type Issue = { move_id: string; item_id: string; quantity: string; source_id: string; source_line: string }
/** What they were worth, in the company's currency, per line of the document. */
export type Cost = { source_id: string; source_line: string; item_id: string; quantity: string; value: string }

type Coster = Pick<Call<unknown>, 'tx' | 'companyId'>

/**
 * Values and books out the issues of `date`. Within an item the issues share the running value without losing a minor
 * unit: each gets the difference of two rounded running sums (half away from zero), so the last unit takes the rest.
 * First-in-first-out items take their oldest layers. What goes beyond the quantity on the books (negative stock, by
 * waiver) costs the running average, or the item's standard cost where there is none; receipts settle it later.
 * Item costs are locked in item order. `layered: false` says that no item is first-in-first-out and spares a statement.
 */
export async function issue(
  call: Coster,
  given: { date: string; event: string; issues: Sql<Issue>; layered?: boolean },
): Promise<Cost[]> {
  const { tx, companyId } = call
  const [, costs] = await Promise.all([
    given.layered === false ? undefined : lockCosts(call, sql`select item_id from ${given.issues} g`),
    tx.rows(sql<Cost>`with issue as materialized (
      select g.*, i.costing, i.standard_cost, sum(g.quantity) over (partition by g.item_id order by g.move_id) as upto
        from ${given.issues} g join catalog.v_item i on i.id = g.item_id where g.quantity > 0
    ), need as (
      select item_id, sum(quantity) as quantity from issue group by item_id
    ), locked as materialized (
      select c.item_id, greatest(c.quantity, 0) as quantity, case when c.quantity > 0 then c.value else 0 end as value
        from costing.item_cost c join need n on n.item_id = c.item_id
       where c.company_id = ${companyId} order by c.item_id for no key update of c
    ), layer as materialized (
      select y.id, y.item_id, y.remaining_quantity, y.remaining_value,
             sum(y.remaining_quantity) over (partition by y.item_id order by y.received_on, y.id) as upto
        from costing.layer y join locked k on k.item_id = y.item_id
       where y.company_id = ${companyId} and y.remaining_quantity > 0
         and exists (select from issue i where i.item_id = y.item_id and i.costing = 'fifo')
    ), taken as materialized (
      select i.move_id, y.id as layer_id, least(i.upto, y.upto) - greatest(i.upto - i.quantity, y.upto - y.remaining_quantity) as quantity,
             round(y.remaining_value * (least(i.upto, y.upto) - (y.upto - y.remaining_quantity)) / y.remaining_quantity, b.digits)
             - round(y.remaining_value * (greatest(i.upto - i.quantity, y.upto - y.remaining_quantity) - (y.upto - y.remaining_quantity)) / y.remaining_quantity, b.digits) as value
        from issue i join layer y on i.costing = 'fifo' and y.item_id = i.item_id and y.upto > i.upto - i.quantity and y.upto - y.remaining_quantity < i.upto
        cross join company.v_company b where b.id = ${companyId}
    ), beyond as (
      select i.move_id, least(i.quantity, greatest(i.upto - coalesce(k.quantity, 0), 0)) as quantity,
             case when k.quantity > 0 then k.value / k.quantity else i.standard_cost end as unit_cost
        from issue i left join locked k on k.item_id = i.item_id
    ), valued as materialized (
      select i.move_id, i.source_id, i.source_line, i.item_id, i.quantity,
             case when i.costing = 'fifo' then coalesce((select sum(t.value) from taken t where t.move_id = i.move_id), 0)
                  when k.quantity > 0 then round(k.value * least(i.upto, k.quantity) / k.quantity, b.digits) - round(k.value * least(i.upto - i.quantity, k.quantity) / k.quantity, b.digits)
                  else 0 end + round(y.quantity * y.unit_cost, b.digits) as value
        from issue i join beyond y on y.move_id = i.move_id cross join company.v_company b left join locked k on k.item_id = i.item_id where b.id = ${companyId}
    ), running as (
      insert into costing.item_cost as c (company_id, item_id, quantity, value)
      select ${companyId}, item_id, -sum(quantity), -sum(value) from valued group by item_id order by item_id
      on conflict (company_id, item_id) do update set quantity = c.quantity + excluded.quantity, value = c.value + excluded.value
    ), layers as (
      update costing.layer y set remaining_quantity = y.remaining_quantity - t.quantity, remaining_value = y.remaining_value - t.value
        from (select layer_id, sum(quantity) as quantity, sum(value) as value from taken group by layer_id) t
       where y.company_id = ${companyId} and y.id = t.layer_id
    ), facts as (
      insert into costing.valuation (company_id, id, posting_date, move_id, item_id, quantity, value, event, source_id, source_line)
      select ${companyId}, move_id, ${given.date}::date, move_id, item_id, -quantity, -value, ${given.event}, source_id, source_line from valued
    )
    select source_id, source_line, item_id, sum(quantity)::text as quantity, sum(value)::text as value from valued group by 1, 2, 3`),
  ])
  return costs
}

/**
 * Locks the running costs in item order. Layers are read by the statement after this one, in a snapshot of its own:
 * within one statement they would be those of before the wait, and two clients would take the same layer.
 */
export async function lockCosts(call: Coster, items: Sql<{ item_id: string }>): Promise<void> {
  await call.tx.run(sql`select c.item_id from costing.item_cost c where c.company_id = ${call.companyId}
    and c.item_id in (select item_id from ${items} i) order by c.item_id for no key update`)
}
