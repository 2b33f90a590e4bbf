// The measures that are one statement each, by name: what risks are called by, and most of what gates check.
import { join, type Sql, sql } from '#kernel/db'
import { OF_EXTENSIONS } from '../extension/measures.ts'
import type { Measure, Reach } from './measure.ts'
import { OF_DESIGN } from './measures-design.ts'
import { OF_GOVERNANCE } from './measures-governance.ts'
import { RECORDED } from './measures-recorded.ts'

export type Metric = Measure & Required<Pick<Measure, 'statement'>>

export const METRICS: readonly Metric[] = [...OF_GOVERNANCE, ...OF_DESIGN, ...OF_EXTENSIONS, ...RECORDED].flatMap(
  (one) => (one.statement ? [{ ...one, statement: one.statement }] : []),
)

export const metricOf = (id: string): Metric | undefined => METRICS.find((one) => one.id === id)

/** What every metric that a standard risk watches says now: `(id, title, unit, better, value numeric, records)`. */
export const metricsNow = (reach: Reach): Sql =>
  sql`select m.* from (${join(
    METRICS.map(
      (
        one,
      ) => sql`select ${one.id}::text as id, ${one.title}::text as title, ${one.unit}::text as unit, ${one.better}::text as better, f.value::numeric as value, f.records
        from ${one.statement(reach)} f`,
    ),
    ' union all ',
  )}) m`
