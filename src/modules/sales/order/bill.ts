// What of an order can be invoiced now, taken once: quantities, exact amounts and cost, with the exposure it moves.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from '../refusals.ts'
import { moveExposure } from './returned.ts'

/** One line to invoice. `net` and `cost` are what remains of the line's rounded totals, so partial invoices add up. */
export type Billable = {
  order_id: string
  order_line_id: string
  customer_id: string
  currency: string
  tax_rounding: string
  item_id: string
  description: string
  kind: string
  unit: string
  quantity: string
  price: string
  net: string
  tax_code: string
  tax_rate: string
  cost: string
}

/** What to take: an order, and for some of its lines a base quantity (null: everything that can be invoiced). */
export type Wanted = { order_id: string; order_line_id: string | null; quantity: string | null }

type Row = Billable & {
  line: number
  number: string
  possible: string
  open_orders: string
  unbilled: string
  excess: string | null
}

/**
 * Takes for invoicing what was shipped and not yet invoiced (customers invoiced on order: what was ordered), marks it
 * as invoiced on the order lines and moves its value out of "unbilled". Refuses INVOICE_MORE_THAN_SHIPPED when more is
 * asked than can be. The orders' lines are locked in order.
 */
export async function takeBillable(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  wanted: Sql<Wanted>,
): Promise<Billable[]> {
  const { tx, companyId } = call
  const rows = await tx.rows(sql<Row>`with wanted as materialized (select * from ${wanted} w),
    line as materialized (
      select l.*, o.customer_id, o.currency, o.tax_rounding, o.number, y.digits, b.digits as cost_digits, w.quantity as asked,
             greatest(case c.invoice_policy when 'ordered' then l.ordered - l.cancelled else l.shipped end - greatest(l.returned - l.credited, 0) - l.invoiced, 0) as possible,
             o.state, sales.open_worth(l) as open_before, sales.unbilled_worth(l) as unbilled_before
        from wanted w
        join sales.orders o on o.company_id = ${companyId} and o.id = w.order_id and o.state in ('confirmed', 'on_hold', 'closed')
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id and (w.order_line_id is null or w.order_line_id = l.id)
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        join company.v_currency y on y.code = o.currency
        join company.v_company b on b.id = o.company_id
       order by l.order_id, l.id for no key update of l
    ), taken as materialized (
      select n.*, coalesce(n.asked, n.possible) as take,
             round(n.net * (n.invoiced + coalesce(n.asked, n.possible)) / n.ordered, n.digits) - n.billed as take_net,
             case when n.shipped > 0 then round(n.shipped_cost * least(n.invoiced + coalesce(n.asked, n.possible), n.shipped) / n.shipped, n.cost_digits) - n.billed_cost else 0 end as take_cost
        from line n where coalesce(n.asked, n.possible) > 0
    ), changed as (
      update sales.order_line l set invoiced = l.invoiced + t.take, billed = l.billed + t.take_net, billed_cost = l.billed_cost + t.take_cost
        from taken t where l.company_id = ${companyId} and l.id = t.id and t.take <= t.possible
      returning l.id, sales.open_worth(l) as open_after, sales.unbilled_worth(l) as unbilled_after
    )
    select t.order_id, t.id as order_line_id, t.customer_id, t.currency, t.tax_rounding, t.item_id, t.description, t.kind, t.unit,
           t.take::text as quantity, t.price::text, t.take_net::text as net, t.tax_code, t.tax_rate::text, t.take_cost::text as cost, t.line, t.number, t.possible::text,
           (case when t.state = 'confirmed' then coalesce(c.open_after - t.open_before, 0) else 0 end)::text as open_orders,
           coalesce(c.unbilled_after - t.unbilled_before, 0)::text as unbilled, case when t.take > t.possible then t.take::text end as excess
      from taken t left join changed c on c.id = t.id order by t.order_id, t.line`)
  const over = rows.find((row) => row.excess !== null)
  if (over)
    refuse('INVOICE_MORE_THAN_SHIPPED', {
      line: over.line,
      number: over.number,
      possible: over.possible,
      wanted: over.excess,
    })
  await moveExposure(call, rows)
  return rows
}
