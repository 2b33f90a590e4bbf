// Quoting gives a draft to the customer as an offer that holds its prices until a day (ORD-05).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { order } from './order.ts'

/** Days for which a quotation holds when nobody says until when; company setting quote_valid_days says otherwise. */
const VALID_DAYS = 30

/** `validUntil` is the last day on which the customer may accept; without it the company's usual term. */
export const quote = command(order.verbs.quote, T.object({ validUntil: T.optional(T.date()) }), async (call) => {
  const { tx, companyId, today } = call
  const until = call.input.validUntil ?? null
  const wrong = await tx.first(sql<{ number: string; empty: boolean; valid_until: string }>`with asked as materialized (
      select o.id, o.number, coalesce(${until}::date, case when o.valid_until >= ${today}::date then o.valid_until end,
               ${today}::date + coalesce((b.settings ->> 'quote_valid_days')::int, ${VALID_DAYS}::int)) as valid_until,
             not exists (select from sales.order_line l where l.company_id = ${companyId} and l.order_id = o.id) as empty
        from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id join company.v_company b on b.id = o.company_id
    ), valid as (
      update sales.orders o set valid_until = a.valid_until from asked a
       where o.company_id = ${companyId} and o.id = a.id and not a.empty and a.valid_until >= ${today}::date
    )
    select number, empty, valid_until::text from asked where empty or valid_until < ${today}::date order by number limit 1`)
  if (!wrong) return
  if (wrong.empty) refuse('ORDER_EMPTY', wrong)
  refuse('QUOTE_DATE_PAST', { validUntil: wrong.valid_until })
})
