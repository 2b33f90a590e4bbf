// One key figure over a time: its value, and the points of its trend. And what figures there are, each with its definition.

import { relation, type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { bucketsOf, kpiFor, reachOf, seenBy } from '../kpi/all.ts'
import type { Unit } from '../kpi/kpi.ts'

/** What a ratio is multiplied by to be told in its unit. */
const SCALE: Readonly<Record<Unit, number>> = { percent: 100, days: 1, hours: 1, money: 1, count: 1 }

/** The definitions of the figures that the person may see. `needs` is the permission behind a figure, `of` what its records are. */
export const kpis = query('insight.kpis', {
  may: 'insight.kpi.read',
  title: 'Key figures: what each is and what is aimed at',
  columns: {
    id: f.text(),
    spec: f.text(),
    version: f.integer(),
    name: f.text(),
    formula: f.text(),
    unit: f.text(),
    grain: f.text(),
    kind: f.text(),
    better: f.text(),
    target: f.quantity({ optional: true }),
    warning: f.quantity({ optional: true }),
    owner: f.text(),
    of: f.text(),
    by_warehouse: f.boolean(),
  },
  build: (_, context) => sql`
    select id, spec, version, name, formula, unit, grain, kind, better, target, warning, owner, "of", by_warehouse
      from ${relation(
        {
          at: 'int',
          id: 'text',
          spec: 'text',
          version: 'int',
          name: 'text',
          formula: 'text',
          unit: 'text',
          grain: 'text',
          kind: 'text',
          better: 'text',
          target: 'numeric',
          warning: 'numeric',
          owner: 'text',
          of: 'text',
          by_warehouse: 'boolean',
        },
        seenBy(context).map(({ byWarehouse, ...one }, at) => ({ ...one, at, by_warehouse: byWarehouse })),
      )} k order by at`,
})

/**
 * One row. A flow's value is that of the whole time, a level's that at its end. `points`: one a part of the time, with
 * `starts`, `ends`, `value`, `numerator`, `denominator` (exact texts; value null when nothing happened). Percent are times 100.
 */
export const kpi = query('insight.kpi', {
  may: 'insight.kpi.read',
  title: 'A key figure: value, target and trend',
  parameters: T.object({
    id: T.text(40),
    from: T.date(),
    to: T.date(),
    grain: T.choice(['day', 'week', 'month']),
    warehouse: T.optional(T.idOf('company.warehouse')),
  }),
  columns: {
    id: f.text(),
    unit: f.text(),
    value: f.quantity({ optional: true }),
    numerator: f.quantity(),
    denominator: f.quantity(),
    target: f.quantity({ optional: true }),
    warning: f.quantity({ optional: true }),
    currency: f.code(),
    as_of: f.date(),
    points: f.json(),
  },
  build: (p, context) => {
    const found = kpiFor(context, p.id)
    const buckets = bucketsOf(p, p.grain, context.today)
    const reach = reachOf(
      context,
      found,
      p,
      buckets.map((one) => one.ends),
    )
    const value = (n: Sql, d: Sql) =>
      found.unit === 'money'
        ? sql`trim_scale(round(${n}, 2))`
        : sql`trim_scale(round(${SCALE[found.unit]}::numeric * ${n} / nullif(${d}, 0), 2))`
    return sql`with daily as materialized (
      select x.day, sum(x.numerator) as n, sum(x.denominator) as d from ${found.facts(reach)} x group by x.day
    ), part as (
      select b.starts, b.ends, coalesce(sum(y.n), 0) as n, coalesce(sum(y.d), 0) as d
        from ${relation({ starts: 'date', ends: 'date' }, found.kind === 'now' ? [{ starts: reach.today, ends: reach.today }] : buckets)} b
        left join daily y on y.day between case when ${found.kind !== 'flow'} then b.ends else b.starts end and b.ends group by b.starts, b.ends
    ), whole as (
      select coalesce(sum(n), 0) as n, coalesce(sum(d), 0) as d from part where ${found.kind === 'flow'} or ends = (select max(ends) from part)
    )
    select ${found.id}::text as id, ${found.unit}::text as unit, ${value(sql`w.n`, sql`w.d`)} as value, trim_scale(w.n) as numerator, trim_scale(w.d) as denominator, ${found.target}::numeric as target, ${found.warning}::numeric as warning,
           b.currency, ${reach.to}::date as as_of,
           (select jsonb_agg(jsonb_build_object('starts', r.starts, 'ends', r.ends, 'value', ${value(sql`r.n`, sql`r.d`)}::text, 'numerator', trim_scale(r.n)::text, 'denominator', trim_scale(r.d)::text) order by r.starts) from part r) as points
      from whole w cross join company.v_company b where b.id = ${context.companyId}`
  },
})
