// The backlog in two pictures: by the week for which it is promised, and by how long it has been open.

import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import type { Reach } from '../kpi/kpi.ts'
import { pieces } from '../kpi/pieces.ts'

const parameters = T.object({ warehouse: T.optional(T.idOf('company.warehouse')) })

function today(context: Context, warehouse: string | undefined): Reach {
  const seen = warehousesOf(grantsFor(context.principal, 'sales.order.read', context.companyId))
  const day = context.today
  return {
    companyId: context.companyId,
    from: day,
    to: day,
    today: day,
    days: [day],
    warehouses: warehouse === undefined ? seen : seen === null || seen.includes(warehouse) ? [warehouse] : [],
  }
}

/** Weeks that are told one by one; what is due later stands in the last row, with its first week. */
const WEEKS = 8

/**
 * One row a week that has any, by its Monday; `week` null: nothing is promised and no day was asked for. `late` is the worth
 * of what is past its day, `held` of orders on hold. Worth is net, in the company's currency.
 */
export const promiseWeeks = query('insight.backlog-by-week', {
  may: 'sales.order.read',
  title: 'Backlog by the week it is promised for',
  parameters,
  columns: {
    week: f.date({ optional: true }),
    and_later: f.boolean(),
    lines: f.integer(),
    worth: f.money(),
    late: f.money(),
    held: f.money(),
    currency: f.code(),
  },
  build: (p, context) => sql`
    with part as (
      select case when due is not null then least(date_trunc('week', greatest(due, ${context.today}::date - 28))::date,
               date_trunc('week', ${context.today}::date)::date + 7 * ${WEEKS}::int) end as week, worth, due < ${context.today}::date as late, state
        from ${pieces(today(context, p.warehouse))} p where until is null
    )
    select week, coalesce(week = date_trunc('week', ${context.today}::date)::date + 7 * ${WEEKS}::int, false) as and_later, count(*)::int as lines, coalesce(sum(worth), 0) as worth,
           coalesce(sum(worth) filter (where late), 0) as late, coalesce(sum(worth) filter (where part.state = 'on_hold'), 0) as held, b.currency
      from part cross join company.v_company b where b.id = ${context.companyId} group by week, b.currency order by week nulls last`,
})

/** Always five rows, youngest first: open lines by days since confirmation, their worth, and how much of them is on hold. */
export const orderAges = query('insight.order-ages', {
  may: 'sales.order.read',
  title: 'Open lines by days since confirmation',
  parameters,
  columns: {
    bucket: f.text(),
    lines: f.integer(),
    held: f.integer(),
    worth: f.money(),
    currency: f.code(),
  },
  build: (p, context) => sql`
    with aged as (
      select ${context.today}::date - since as age, worth, state from ${pieces(today(context, p.warehouse))} p where until is null
    )
    select k.bucket, count(a.age)::int as lines, count(a.age) filter (where a.state = 'on_hold')::int as held, coalesce(sum(a.worth), 0) as worth, b.currency
      from (values ('0-3', 0, 3), ('4-7', 4, 7), ('8-14', 8, 14), ('15-30', 15, 30), ('31+', 31, 100000)) k (bucket, low, high)
      cross join company.v_company b left join aged a on a.age between k.low and k.high
     where b.id = ${context.companyId} group by k.bucket, k.low, b.currency order by k.low`,
})
