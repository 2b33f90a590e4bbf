// Changing lines in place: quantities up and down, prices, cancelled lines; never below what is shipped or invoiced.
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { refuse } from '../refusals.ts'
import { mayGive } from './lines.ts'

/** `quantity` is what the customer wants in all, in the line's unit, shipped goods included; `cancel` drops what is open. */
export type LineChange = { line: number; quantity?: string; cancel?: boolean; price?: string; reason?: string }

type Problem = {
  code:
    | 'LINE_UNKNOWN'
    | 'QUANTITY_NOT_POSITIVE'
    | 'QUANTITY_NOT_WHOLE'
    | 'QUANTITY_INEXACT_IN_BASE'
    | 'BELOW_SHIPPED'
    | 'NOTHING_OPEN'
    | 'PRICE_REASON_NEEDED'
    | 'PRICE_AFTER_INVOICE'
  id: string
  line: number
  number: string
  item: string
  unit: string
  quantity: string
  shipped: string
  ordered: string
}

/**
 * Applies the changes to the lines of one order, in one statement. A quantity says what is wanted from now on, so what
 * was cancelled before is wanted again as far as it reaches: afterwards demand is exactly ordered - cancelled (C17).
 * A price changes only while nothing is invoiced; quantities do not change the price. Refuses the first that cannot be.
 */
export async function changeLines(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'context' | 'ids'>,
  changes: readonly LineChange[],
): Promise<void> {
  const { tx, companyId } = call
  const rows = relation(
    { line: 'int', quantity: 'numeric', cancel: 'boolean', price: 'numeric', reason: 'text' },
    changes.map((one) => ({ ...one })),
  )
  const problem = await tx.first(sql<Problem>`with wanted as materialized (
      select w.line as wanted_line, w.quantity as new_quantity, coalesce(w.cancel, false) as cancel, w.price as new_price, coalesce(w.reason, '') as new_reason,
             l.id, l.line, l.quantity, l.unit, l.unit_num, l.unit_den, l.ordered, l.shipped, l.invoiced, l.cancelled, o.number, i.code as item, u.whole, y.digits,
             greatest(l.shipped, l.invoiced) as floor,
             case when w.cancel then l.shipped when w.quantity is null then l.ordered - l.cancelled else w.quantity * l.unit_num / l.unit_den end as demand
        from ${rows} w join sales.orders o on o.company_id = ${companyId} and o.id = any(${call.ids}::uuid[])
        left join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and l.line = w.line
        left join catalog.v_item i on i.id = l.item_id left join catalog.v_unit u on u.code = l.unit join company.v_currency y on y.code = o.currency
    ), problem as materialized (
      select case
          when id is null then 'LINE_UNKNOWN'
          when new_quantity <= 0 then 'QUANTITY_NOT_POSITIVE'
          when whole and new_quantity <> trunc(new_quantity) then 'QUANTITY_NOT_WHOLE'
          when new_quantity is not null and not cancel and (demand * unit_den <> new_quantity * unit_num or scale(trim_scale(demand)) > 6) then 'QUANTITY_INEXACT_IN_BASE'
          when cancel and ordered <= shipped + cancelled then 'NOTHING_OPEN'
          when (cancel or new_quantity is not null) and demand < floor then 'BELOW_SHIPPED'
          when new_price is not null and new_reason = '' then 'PRICE_REASON_NEEDED'
          when new_price is not null and invoiced > 0 then 'PRICE_AFTER_INVOICE'
        end as code, wanted_line::text as id, wanted_line as line, number, item, unit, coalesce(new_quantity, 0)::text as quantity, trim_scale(floor)::text as shipped, trim_scale(demand)::text as ordered
      from wanted
    ), changed as (
      update sales.order_line l set
          quantity = case when w.cancel or w.new_quantity is null then l.quantity else trim_scale(w.new_quantity) end,
          ordered = case when w.cancel or w.new_quantity is null then l.ordered else trim_scale(w.demand) end,
          cancelled = case when w.cancel then l.ordered - l.shipped when w.new_quantity is null then l.cancelled else 0 end,
          price = coalesce(w.new_price, l.price),
          price_reason = case when w.new_price is null then l.price_reason else w.new_reason end,
          price_by = case when w.new_price is null then l.price_by else ${call.actor}::uuid end,
          price_limit = case when w.new_price is null then l.price_limit else ${mayGive(call)} end,
          price_trace = case when w.new_price is null then l.price_trace
            else l.price_trace || jsonb_build_array(jsonb_build_object('step', 'override', 'price', w.new_price::text, 'reason', w.new_reason)) end,
          net = round(coalesce(w.new_price, l.price) * case when w.cancel or w.new_quantity is null then l.quantity else w.new_quantity end, w.digits)
        from wanted w where l.company_id = ${companyId} and l.id = w.id and not exists (select from problem where code is not null)
    )
    select * from problem where code is not null order by line limit 1`)
  if (problem) refuse(problem.code, problem)
}
