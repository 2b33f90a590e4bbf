// How orders flow and wait: the backlog and its age, holds and how long they last, prices given by hand and what they cost.
import { sql } from '#kernel/db'
import type { Fact, Kpi } from './kpi.ts'
import { daysOf, pieces, within, worthOf } from './pieces.ts'

const OF_ORDERS = { needs: 'sales.order.read', of: 'sales.order', version: 1, byWarehouse: true } as const

const orderAge: Kpi = {
  ...OF_ORDERS,
  id: 'order-age',
  spec: 'K10',
  name: 'Age of open lines',
  formula:
    'Days since confirmation of every line that is open at the end of the day, by the number of these lines. What was cancelled later is left out of earlier days too.',
  unit: 'days',
  grain: 'line',
  better: 'down',
  target: '7',
  warning: '14',
  owner: 'sales-manager',
  kind: 'level',
  facts: (reach) => sql<Fact>`
    select d.day, p.order_id as id, p.line::text as place, max(d.day - p.since)::numeric as numerator, 1::numeric as denominator
      from ${pieces(reach)} p join ${daysOf(reach)} d on p.since <= d.day and (p.until is null or p.until > d.day) group by d.day, p.order_id, p.line`,
}

const backlog: Kpi = {
  ...OF_ORDERS,
  id: 'backlog',
  spec: 'K10',
  name: 'Backlog',
  formula:
    'Net worth, in the company’s currency at the rate of each order’s day, of what is confirmed and has not left at the end of the day. What was cancelled later is left out of earlier days too.',
  unit: 'money',
  grain: 'line',
  better: 'down',
  target: null,
  warning: null,
  owner: 'sales-manager',
  kind: 'level',
  facts: (reach) => sql<Fact>`
    select d.day, p.order_id as id, p.line::text as place, sum(p.worth) as numerator, 1::numeric as denominator
      from ${pieces(reach)} p join ${daysOf(reach)} d on p.since <= d.day and (p.until is null or p.until > d.day) group by d.day, p.order_id, p.line`,
}

const onHold: Kpi = {
  ...OF_ORDERS,
  id: 'on-hold',
  spec: 'K12',
  name: 'Orders that were held',
  formula:
    'Orders of the period that were on hold at any time, for any reason, by all orders of the period beyond a draft or quotation.',
  unit: 'percent',
  grain: 'order',
  better: 'down',
  target: '10',
  warning: '20',
  owner: 'sales-manager',
  kind: 'flow',
  facts: (reach) => sql<Fact>`
    select o.ordered_on as day, o.id, null::text as place, case when exists (select from sales.v_hold h where h.company_id = o.company_id and h.order_id = o.id) then 1 else 0 end::numeric as numerator,
           1::numeric as denominator
      from sales.v_order o where o.company_id = ${reach.companyId} and o.ordered_on between ${reach.from}::date and ${reach.to}::date
       and o.state in ('on_hold', 'confirmed', 'closed') and ${within(reach, sql`o.warehouse_id`)}`,
}

const holdTime: Kpi = {
  ...OF_ORDERS,
  id: 'hold-time',
  spec: 'K43',
  name: 'Time on hold',
  formula:
    'Hours from a hold until its release, counting only the working days of the order’s warehouse, by the number of holds released in the period.',
  unit: 'hours',
  grain: 'document',
  better: 'down',
  target: '8',
  warning: '24',
  owner: 'credit-officer',
  kind: 'flow',
  facts: (reach) => sql<Fact>`
    select (h.released_at at time zone b.time_zone)::date as day, o.id, h.kind as place, round(coalesce(x.seconds, 0) / 3600, 4) as numerator, 1::numeric as denominator
      from sales.v_hold h join company.v_company b on b.id = h.company_id join sales.v_order o on o.company_id = h.company_id and o.id = h.order_id
      join company.v_warehouse w on w.company_id = o.company_id and w.id = o.warehouse_id left join company.v_calendar k on k.company_id = w.company_id and k.id = w.calendar_id
      cross join lateral (select h.raised_at at time zone b.time_zone as since, h.released_at at time zone b.time_zone as until) t
      left join lateral (select sum(extract(epoch from least(t.until, n.day + interval '1 day') - greatest(t.since, n.day))) as seconds
          from generate_series(date_trunc('day', t.since), t.until, interval '1 day') n (day)
         where (k.weekdays is null or extract(isodow from n.day)::int = any(k.weekdays)) and (k.holidays is null or n.day::date <> all(k.holidays))) x on true
     where h.company_id = ${reach.companyId} and h.voided_at is null and ${within(reach, sql`o.warehouse_id`)}
       and h.released_at >= ${reach.from}::date - interval '1 day' and h.released_at < ${reach.to}::date + interval '2 days'
       and (h.released_at at time zone b.time_zone)::date between ${reach.from}::date and ${reach.to}::date`,
}

const overrides: Kpi = {
  ...OF_ORDERS,
  id: 'overrides',
  spec: 'K17',
  name: 'Prices given by hand',
  formula:
    'Lines with a price that somebody gave by hand, by all lines of the orders of the period beyond a draft or quotation.',
  unit: 'percent',
  grain: 'line',
  better: 'down',
  target: '5',
  warning: '10',
  owner: 'pricing-manager',
  kind: 'flow',
  facts: (reach) => sql<Fact>`
    select o.ordered_on as day, o.id, p.line::text as place, case when p.price_by is null then 0 else 1 end::numeric as numerator, 1::numeric as denominator
      from sales.v_order o join sales.v_line_price p on p.company_id = o.company_id and p.order_id = o.id
     where o.company_id = ${reach.companyId} and o.ordered_on between ${reach.from}::date and ${reach.to}::date
       and o.state in ('on_hold', 'confirmed', 'closed') and ${within(reach, sql`o.warehouse_id`)}`,
}

const leakage: Kpi = {
  ...OF_ORDERS,
  id: 'margin-leakage',
  spec: 'K16',
  name: 'Margin leakage',
  formula:
    'What the rules would have charged less what was charged, on lines whose price somebody lowered by hand, by the net worth of all lines of the period; in the company’s currency. Freight, claims and rebates are not kept here yet and are not in it.',
  unit: 'percent',
  grain: 'line',
  better: 'down',
  target: '1',
  warning: '2',
  owner: 'pricing-manager',
  needs: 'sales.order.see-margin',
  kind: 'flow',
  facts: (reach) => sql<Fact>`
    select o.ordered_on as day, o.id, p.line::text as place,
           case when p.price_by is null then 0 else greatest(p.resolved_price * p.quantity - p.net, 0) * r.rate end as numerator, p.net * r.rate as denominator
      from sales.v_order o cross join lateral (select ${worthOf(reach.companyId, sql`o.currency`, sql`o.ordered_on`)} as rate) r
      join sales.v_line_price p on p.company_id = o.company_id and p.order_id = o.id
     where o.company_id = ${reach.companyId} and o.ordered_on between ${reach.from}::date and ${reach.to}::date
       and o.state in ('on_hold', 'confirmed', 'closed') and ${within(reach, sql`o.warehouse_id`)}`,
}

export const FLOW: readonly Kpi[] = [backlog, orderAge, onHold, holdTime, overrides, leakage]
