// Key figures on the screen: their words, their units, the times one can look at, and whether they are where they should be.
import type { components } from '../../generated/api.ts'
import { day, money, percent, quantity } from '../../i18n/format.ts'
import { locale, t } from '../../i18n/index.ts'
import { compare } from '../../parts/exact.ts'
import { shift, today } from '../finance/days.ts'

export type Definition = components['schemas']['insight.kpis.row']
export type Figure = components['schemas']['insight.kpi.row']
export type Point = { starts: string; ends: string; value: string | null; numerator: string; denominator: string }

export type Grain = 'day' | 'week' | 'month'
export const TIMES = ['4w', '12w', '12m'] as const
export type Time = (typeof TIMES)[number]

export const timeOf = (text: string | undefined): Time => TIMES.find((one) => one === text) ?? '12w'

/** Monday of the week of a day. */
const monday = (of: string): string => shift(of, -((new Date(`${of}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The days and the parts of a time, up to today in the company. */
export function daysOf(time: Time): { from: string; to: string; grain: Grain } {
  const to = today()
  if (time === '4w') return { from: shift(to, -27), to, grain: 'day' }
  if (time === '12w') return { from: shift(monday(to), -77), to, grain: 'week' }
  const [year = 0, month = 1] = to.split('-').map(Number)
  return {
    from: `${year - (month === 12 ? 0 : 1)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
    to,
    grain: 'month',
  }
}

/** Points as the server sends them; what has another shape is left out. */
export const pointsOf = (value: unknown): readonly Point[] =>
  Array.isArray(value) ? value.filter((one): one is Point => typeof one?.starts === 'string') : []

/** A value in its unit. */
export function told(value: string | null, unit: string, currency: string): string {
  if (value === null) return '–'
  if (unit === 'percent') return percent(value)
  if (unit === 'money') return money(value, currency)
  if (unit === 'days') return t('kpi.days', { n: quantity(value) })
  if (unit === 'hours') return t('kpi.hours', { n: quantity(value) })
  return quantity(value)
}

/** The same, short enough for a tile or an axis. */
export function toldShort(value: string, unit: string, currency: string): string {
  if (unit !== 'money') return told(value, unit, currency)
  // A drawing of an amount, rounded by the browser; the exact one stands in the table.
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(Number(value))
}

export type Standing = 'good' | 'near' | 'off' | 'none'

/** Whether a figure is at its target, past its warning, or between them. */
export function standingOf(
  { value, target, warning }: Pick<Figure, 'value' | 'target' | 'warning'>,
  better: string,
): Standing {
  if (value === null || target === null) return 'none'
  const side = better === 'up' ? 1 : -1
  if (compare(value, target) * side >= 0) return 'good'
  return warning !== null && compare(value, warning) * side < 0 ? 'off' : 'near'
}

/** A part of a time as one says it: a day, the week from its Monday, or a month. */
export function partText({ starts }: Pick<Point, 'starts'>, grain: Grain): string {
  const at = Date.parse(`${starts}T00:00:00Z`)
  if (grain === 'month')
    return new Intl.DateTimeFormat(locale(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at)
  return grain === 'week' ? t('kpi.week-of', { day: day(starts) }) : day(starts)
}

/** The same for an axis. */
export const partShort = ({ starts }: Pick<Point, 'starts'>, grain: Grain): string =>
  new Intl.DateTimeFormat(
    locale(),
    grain === 'month' ? { month: 'short', timeZone: 'UTC' } : { day: 'numeric', month: 'short', timeZone: 'UTC' },
  ).format(Date.parse(`${starts}T00:00:00Z`))

export const ROLES = ['sales', 'warehouse', 'finance', 'leadership'] as const
export type Role = (typeof ROLES)[number]

/** What each role looks at, most important first. */
export const OF_ROLE: Readonly<Record<Role, readonly string[]>> = {
  sales: [
    'backlog',
    'order-age',
    'otif',
    'line-fill',
    'on-hold',
    'hold-time',
    'overrides',
    'margin-leakage',
    'returns',
  ],
  warehouse: ['line-fill', 'order-fill', 'unit-fill', 'otif', 'cycle-time', 'short-lines', 'items-out', 'backlog'],
  finance: ['dso', 'overdue', 'invoices-corrected', 'returns', 'hold-time', 'margin-leakage'],
  leadership: [
    'otif',
    'order-fill',
    'cycle-time',
    'backlog',
    'margin-leakage',
    'overrides',
    'dso',
    'overdue',
    'invoices-corrected',
    'items-out',
  ],
}
