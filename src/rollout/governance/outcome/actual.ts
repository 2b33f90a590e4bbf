// What an outcome has reached: read from the figure that it names, and held against where it should be by today.

import { addDays, daysBetween } from '#kernel/dates'
import { type Sql, sql, type Tx } from '#kernel/db'
import { compareDecimals, divideDecimals, multiplyDecimals, negateDecimal, subtractDecimals } from '#kernel/decimal'
import { METRICS, metricOf } from '../../gate/metrics.ts'
import type { Figures } from '../../pilot/figures.ts'
import { refuse } from '../refusals.ts'

/** A measure that begins with this is a published key figure, read over the last four weeks; any other is one of the rollout. */
const KPI = 'kpi:'
const DAYS = 28

type When = { readonly companyId: number; readonly siteId: string | null; readonly today: string; readonly now: Date }

/** What a measure says now, and its unit. Refuses OUTCOME_MEASURE. */
export async function actualOf(
  tx: Tx,
  figures: Figures,
  measure: string,
  { companyId, siteId, today, now }: When,
): Promise<{ value: string | null; unit: string }> {
  if (measure.startsWith(KPI)) {
    const span = { companyId, from: addDays(today, 1 - DAYS), until: today, today, now }
    const [found] = await figures(tx, span, [measure.slice(KPI.length)])
    if (found) return { value: found.value, unit: found.unit }
  }
  const metric = metricOf(measure)
  if (!metric) return refuse('OUTCOME_MEASURE', { measure, known: METRICS.map((one) => one.id).join(', ') })
  return { value: (await metric.read(tx, { companyId, siteId, today, now })).value, unit: metric.unit }
}

export type Row = {
  readonly id: string
  readonly version: number
  readonly number: string
  readonly state: string
  readonly site_id: string | null
  readonly site: string | null
  readonly kind: string
  readonly title: string
  readonly seat: string
  readonly measure: string
  readonly unit: string
  readonly baseline: string
  readonly target: string
  readonly agreed_on: string
  readonly due_on: string
  readonly reached: string | null
}

/** `progress` is the part of the way that is done, percent to two places; `behind` when it is less than the part of the time that is gone. */
export type Standing = Row & {
  readonly actual: string | null
  readonly progress: string | null
  readonly behind: boolean | null
}

const rowsOf = (companyId: number, siteId: string | null): Sql<Row> => sql<Row>`
  select o.id, o.version, o.number, o.state, o.site_id, s.code as site, o.kind, o.title, o.seat, o.measure, o.unit, trim_scale(o.baseline)::text as baseline, trim_scale(o.target)::text as target,
         o.agreed_on, o.due_on, trim_scale(o.reached)::text as reached
    from rollout.outcome o left join rollout.site s on s.company_id = o.company_id and s.id = o.site_id
   where o.company_id = ${companyId} and (${siteId}::uuid is null or o.site_id is null or o.site_id = ${siteId}::uuid) order by o.number`

/** Where an outcome should be on a day, and whether it is: on a straight line from the baseline to the target, both ends exact. */
export function judged(
  row: Pick<Row, 'baseline' | 'target' | 'agreed_on' | 'due_on'>,
  actual: string | null,
  today: string,
): Pick<Standing, 'progress' | 'behind'> {
  if (actual === null) return { progress: null, behind: null }
  const whole = subtractDecimals(row.target, row.baseline)
  const done = subtractDecimals(actual, row.baseline)
  const falls = compareDecimals(whole, '0') < 0
  const way = (part: string) => (falls ? negateDecimal(part) : part)
  const total = daysBetween(row.agreed_on, row.due_on)
  const gone = Math.max(0, Math.min(total, daysBetween(row.agreed_on, today)))
  const progress = divideDecimals(multiplyDecimals(done, '100'), whole, { scale: 2, rounding: 'half-up' })
  // done / whole < gone / total, without dividing.
  const behind =
    compareDecimals(multiplyDecimals(way(done), String(total)), multiplyDecimals(way(whole), String(gone))) < 0
  return { progress, behind }
}

/** Every outcome of the company, or of a site and the programme as a whole, with what it has reached. */
export async function outcomesOf(tx: Tx, figures: Figures, when: When): Promise<readonly Standing[]> {
  const standing: Standing[] = []
  for (const row of await tx.rows(rowsOf(when.companyId, when.siteId))) {
    const actual =
      row.state === 'concluded'
        ? row.reached
        : (await actualOf(tx, figures, row.measure, { ...when, siteId: row.site_id })).value
    standing.push({ ...row, actual, ...judged(row, actual, when.today) })
  }
  return standing
}
