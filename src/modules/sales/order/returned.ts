// What comes back and what is credited, on the lines of the orders it came from, with the exposure it moves (RET-03).
import { changeExposure } from '#credit'
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** Goods of one order line that came back, in base units. */
export type ReturnedLine = { order_line_id: string; quantity: string }

/**
 * A quantity credited, in base units. `reinvoice` says that the customer is to be invoiced again for it (a wrong price,
 * a wrong address); without it the quantity is done with. A credit of money only, which leaves the quantity
 * as it was invoiced, is none of these and must not be recorded here.
 */
export type CreditedLine = { order_line_id: string; quantity: string; reinvoice: boolean }

type Recorder = Pick<Call<unknown>, 'tx' | 'companyId'>
type Effect = {
  customer_id: string
  open_orders: string
  unbilled: string
  line: number
  number: string
  possible: string
  wanted: string
  excess: boolean
}

/**
 * Adds to what came back on each line, in one statement. Goods that were never invoiced are from now on not invoiced.
 * Refuses RETURN_MORE_THAN_SHIPPED when more would have come back than left; then nothing is recorded.
 */
export async function recordReturned(call: Recorder, returned: Sql<ReturnedLine>): Promise<void> {
  const effects = await call.tx.rows(sql<Effect>`with given as materialized (
      select order_line_id, sum(quantity::numeric) as quantity from ${returned} r group by order_line_id
    ), line as materialized (
      select l.id, l.order_id, l.line, g.quantity, l.shipped - l.returned as possible, sales.open_worth(l) as open_before, sales.unbilled_worth(l) as unbilled_before
        from sales.order_line l join given g on g.order_line_id = l.id where l.company_id = ${call.companyId} order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set returned = l.returned + n.quantity from line n
       where l.company_id = ${call.companyId} and l.id = n.id and n.quantity <= n.possible
      returning l.id, sales.open_worth(l) as open_after, sales.unbilled_worth(l) as unbilled_after
    )
    ${effectOf(call.companyId)}`)
  const over = effects.find((one) => one.excess)
  if (over) refuse('RETURN_MORE_THAN_SHIPPED', over)
  await moveExposure(call, effects)
}

/**
 * Records credited quantities, in one statement. With `reinvoice` the quantity, and its share of what was billed, can
 * be invoiced again; its cost stays booked as it is, for the goods did not come back. Refuses CREDIT_MORE_THAN_INVOICED;
 * then nothing is recorded.
 */
export async function recordCredited(call: Recorder, credited: Sql<CreditedLine>): Promise<void> {
  const effects = await call.tx.rows(sql<Effect>`with given as materialized (
      select order_line_id, sum(quantity::numeric) as quantity, coalesce(sum(quantity::numeric) filter (where reinvoice), 0) as again
        from ${credited} c group by order_line_id
    ), line as materialized (
      select l.id, l.order_id, l.line, g.quantity, g.again, l.invoiced - l.credited as possible, y.digits,
             sales.open_worth(l) as open_before, sales.unbilled_worth(l) as unbilled_before
        from sales.order_line l join given g on g.order_line_id = l.id
        join sales.orders o on o.company_id = l.company_id and o.id = l.order_id join company.v_currency y on y.code = o.currency
       where l.company_id = ${call.companyId} order by l.order_id, l.id for no key update of l
    ), changed as (
      update sales.order_line l set credited = l.credited + n.quantity - n.again, invoiced = l.invoiced - n.again,
             billed = l.billed - round(l.billed * n.again / l.invoiced, n.digits)
        from line n where l.company_id = ${call.companyId} and l.id = n.id and n.quantity <= n.possible
      returning l.id, sales.open_worth(l) as open_after, sales.unbilled_worth(l) as unbilled_after
    )
    ${effectOf(call.companyId)}`)
  const over = effects.find((one) => one.excess)
  if (over) refuse('CREDIT_MORE_THAN_INVOICED', over)
  await moveExposure(call, effects)
}

/** The end of both statements: what each line's change is worth, and which lines could not be changed. */
const effectOf = (companyId: number) => sql`
    select o.customer_id, n.line, o.number, n.possible::text, n.quantity::text as wanted, c.id is null as excess,
           (case when o.state = 'confirmed' then coalesce(c.open_after - n.open_before, 0) else 0 end)::text as open_orders,
           coalesce(c.unbilled_after - n.unbilled_before, 0)::text as unbilled
      from line n join sales.orders o on o.company_id = ${companyId} and o.id = n.order_id left join changed c on c.id = n.id`

/** Moves what customers owe by what lines changed; nothing to move is no statement. */
export async function moveExposure(
  call: Recorder,
  effects: readonly { customer_id: string; open_orders: string; unbilled: string }[],
): Promise<void> {
  if (effects.length === 0) return
  await changeExposure(
    call.tx,
    call.companyId,
    sql`select customer_id, open_orders, unbilled, 0 as receivable, 0 as unapplied from unnest(
    ${effects.map((one) => one.customer_id)}::uuid[], ${effects.map((one) => one.open_orders)}::numeric[], ${effects.map((one) => one.unbilled)}::numeric[])
    as e (customer_id, open_orders, unbilled)`,
  )
}
