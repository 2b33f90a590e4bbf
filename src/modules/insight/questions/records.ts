// What stands behind a key figure: the records that count against it, worst first, under the rights of who asks.

import { type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { bucketsOf, kpiFor, reachOf } from '../kpi/all.ts'
import type { Kpi } from '../kpi/kpi.ts'

/** Number, name and customer of what the facts are of. */
const NAMED: Readonly<Record<Kpi['of'], (companyId: number) => Sql>> = {
  'sales.order': (companyId) => sql`
    select o.id, o.number, c.code as customer, c.name as text from sales.v_order o join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id where o.company_id = ${companyId}`,
  'receivables.invoice': (companyId) => sql`
    select i.id, i.number, c.code as customer, c.name as text from receivables.v_invoice i join party.v_customer c on c.company_id = i.company_id and c.id = i.customer_id where i.company_id = ${companyId}
    union all
    select p.id, p.number, c.code, c.name from receivables.v_payment p join party.v_customer c on c.company_id = p.company_id and c.id = p.customer_id where p.company_id = ${companyId}`,
  'returns.rma': (companyId) => sql`
    select r.id, r.number, c.code as customer, c.name as text from returns.v_rma r join party.v_customer c on c.company_id = r.company_id and c.id = r.customer_id where r.company_id = ${companyId}`,
  'catalog.item': () =>
    sql`select i.id, i.code as number, null::text as customer, i.name as text from catalog.v_item i`,
}

/**
 * One row a fact. Of a share to be high, those that fail it; of a share to be low, those that are in it; of days, hours and
 * money, the greatest. A level is told as it stands at the end of the time. `place` is a line, an item's warehouse, or days.
 */
export const kpiRecords = query('insight.kpi-records', {
  may: 'insight.kpi.read',
  title: 'The records behind a key figure',
  parameters: T.object({
    id: T.text(40),
    from: T.date(),
    to: T.date(),
    warehouse: T.optional(T.idOf('company.warehouse')),
    limit: T.optional(T.integer(1, 5000)),
  }),
  columns: {
    of: f.text(),
    id: f.text(),
    number: f.code({ optional: true }),
    place: f.text({ optional: true }),
    day: f.date(),
    customer: f.code({ optional: true }),
    text: f.text({ optional: true }),
    numerator: f.quantity(),
    denominator: f.quantity(),
    all: f.integer(),
  },
  build: (p, context) => {
    const found = kpiFor(context, p.id)
    const last = bucketsOf(p, 'month', context.today).at(-1)?.ends ?? p.to
    const reach = reachOf(context, found, p, [last])
    const against = found.better === 'up' ? sql`x.numerator < x.denominator` : sql`x.numerator > 0`
    const worst = found.better === 'up' ? sql`x.denominator - x.numerator` : sql`x.numerator`
    return sql`with worst as materialized (
      select x.id, x.place, x.day, x.numerator, x.denominator, ${worst} as weight, count(*) over ()::int as of_all
        from ${found.facts(reach)} x where x.id is not null and ${against}
       order by ${worst} desc, x.day desc, x.id, x.place limit ${p.limit ?? 500}
    )
    select ${found.of}::text as "of", w.id, n.number, w.place, w.day, n.customer, n.text, trim_scale(w.numerator) as numerator, trim_scale(w.denominator) as denominator, w.of_all as "all"
      from worst w join ${NAMED[found.of](context.companyId)} n on n.id = w.id order by w.weight desc, w.day desc, n.number, w.place`
  },
})
