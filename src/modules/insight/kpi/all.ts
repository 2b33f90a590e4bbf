// All key figures, in the order in which they are told, and how a question finds one under the rights of who asks.
import { type Context, grantsFor, may, warehousesOf } from '#kernel/context'
import { addDays, addMonths, compareDates, dayOfWeek, daysBetween, parseDate } from '#kernel/dates'
import { refuse as refuseAny } from '#kernel/refusal'
import { refuse } from '../refusals.ts'
import { FLOW } from './flow.ts'
import type { Kpi, Reach } from './kpi.ts'
import { MONEY } from './money.ts'
import { SERVICE } from './service.ts'

export const KPIS: readonly Kpi[] = [...SERVICE, ...FLOW, ...MONEY]
export const KPI_IDS: readonly string[] = KPIS.map((one) => one.id)

/** Somebody who has a role that looks at figures sees those of what he may see anyway. */
export const seenBy = (context: Context): readonly Kpi[] => KPIS.filter((one) => may(context, one.needs))

export type Grain = 'day' | 'week' | 'month'
export type Asked = { readonly id: string; readonly from: string; readonly to: string; readonly warehouse?: string }

/** Refuses NOT_ALLOWED when the figure needs a permission that who asks does not hold. */
export function kpiFor(context: Context, id: string): Kpi {
  const found = KPIS.find((one) => one.id === id)
  if (!found) return refuse('KPI_UNKNOWN', { id, known: KPI_IDS.join(', ') })
  if (!may(context, found.needs)) refuseAny('NOT_ALLOWED', { permission: found.needs })
  return found
}

const POINTS_MOST = 130
const DAYS_MOST = 800

/** First and last day of each part of the time from `from` to `to`; weeks begin on Monday. The last part ends today at the latest. */
export function bucketsOf(
  { from, to }: Pick<Asked, 'from' | 'to'>,
  grain: Grain,
  today: string,
): { starts: string; ends: string }[] {
  const last = compareDates(parseDate(to), parseDate(today)) > 0 ? today : to
  if (compareDates(parseDate(from), parseDate(last)) > 0) return refuse('KPI_DAYS', { from, to, today })
  if (daysBetween(parseDate(from), parseDate(last)) > DAYS_MOST) return refuse('KPI_TOO_LONG', { most: DAYS_MOST })
  const buckets: { starts: string; ends: string }[] = []
  for (let starts = from; compareDates(starts, last) <= 0; ) {
    const next = afterPart(starts, grain)
    const ends = addDays(next, -1)
    buckets.push({ starts, ends: compareDates(ends, last) > 0 ? last : ends })
    if (buckets.length > POINTS_MOST) return refuse('KPI_TOO_FINE', { grain, most: POINTS_MOST })
    starts = next
  }
  return buckets
}

function afterPart(starts: string, grain: Grain): string {
  if (grain === 'day') return addDays(starts, 1)
  if (grain === 'week') return addDays(starts, 8 - dayOfWeek(starts))
  return addMonths(`${starts.slice(0, 7)}-01`, 1)
}

/** Over what the facts of a figure are read: the days, and the warehouses that are asked for and that the person may see. */
export function reachOf(context: Context, kpi: Kpi, asked: Asked, days: readonly string[]): Reach {
  const seen = warehousesOf(grantsFor(context.principal, kpi.needs, context.companyId))
  const { warehouse } = asked
  const warehouses = warehouse === undefined ? seen : seen === null || seen.includes(warehouse) ? [warehouse] : []
  return {
    companyId: context.companyId,
    from: asked.from,
    to: compareDates(asked.to, context.today) > 0 ? context.today : asked.to,
    today: context.today,
    days: kpi.kind === 'now' ? [context.today] : days,
    warehouses: kpi.byWarehouse ? warehouses : null,
  }
}
