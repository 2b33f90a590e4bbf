// Numbers, money and days as the person's locale writes them. Exact: what the server sends as text is never made a float.
import { locale, t } from './index.ts'

type Numbers = Intl.NumberFormatOptions & { roundingMode?: string }
const formats = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

function numbers(options: Numbers): Intl.NumberFormat {
  const key = `${locale()} ${JSON.stringify(options)}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.NumberFormat(locale(), options)
    formats.set(key, found)
  }
  return found
}

function days(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`
  let found = dates.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), options)
    dates.set(key, found)
  }
  return found
}

const DECIMAL = /^-?\d+(\.\d+)?$/
type Exact = Intl.StringNumericLiteral
const isExact = (text: string): text is Exact & string => DECIMAL.test(text)

/** '1234.5' in USD as '$1,234.50'. Without a currency as an amount with two places. */
export function money(text: string, currency?: string | null): string {
  if (!isExact(text)) return text
  if (!currency) return numbers({ minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(text)
  return numbers({ style: 'currency', currency, currencyDisplay: 'symbol' }).format(text)
}

/** A sentence of the server with its amounts written as money. */
export const amountsIn = (text: string, currency: string): string =>
  text.replace(/\d+\.\d{2,}/g, (amount) => money(amount, currency))

/** A quantity without the zeros that only the database needs: '12.000000' as '12'. */
export const quantity = (text: string): string =>
  isExact(text) ? numbers({ maximumFractionDigits: 6 }).format(text) : text

/** A price: at least two places, up to six. */
export const price = (text: string): string =>
  isExact(text) ? numbers({ minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(text) : text

/** '12.5' as '12.5 %'. Percentages travel as they are read, not as fractions. */
export const percent = (text: string): string =>
  isExact(text) ? `${numbers({ maximumFractionDigits: 4 }).format(text)} %` : text

export const integer = (value: number | string): string => {
  const text = String(value)
  return isExact(text) ? numbers({ maximumFractionDigits: 0 }).format(text) : text
}

/** A business day, '2026-11-22', which has no time zone. */
export function day(text: string): string {
  const [year, month, date] = text.split('-').map(Number)
  if (!year || !month || !date) return text
  return days({ dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date))
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** Whether a text is a business day. */
export const isDay = (text: string): boolean => DAY.test(text)

const SPAN = /^\[?\(?(\d{4}-\d\d-\d\d)?,(\d{4}-\d\d-\d\d)?[)\]]$/

/** Whether a text is a span of days as the database writes it. */
export const isSpan = (text: string): boolean => SPAN.test(text)

/** '[2026-01-01,2027-01-01)' as its first and its last day; the second bound is the day after. */
export function span(text: string): string {
  const [, from, after] = SPAN.exec(text) ?? []
  const last = after && text.endsWith(')') ? new Date(Date.parse(after) - 86_400_000).toISOString().slice(0, 10) : after
  if (from && last) return `${day(from)} – ${day(last)}`
  return from
    ? t('value.from-day', { day: day(from) })
    : last
      ? t('value.until-day', { day: day(last) })
      : t('value.always')
}

const SIZES: readonly (readonly ['megabyte' | 'kilobyte' | 'byte', number])[] = [
  ['megabyte', 1_048_576],
  ['kilobyte', 1_024],
  ['byte', 1],
]

/** The size of a file, given in bytes, as people say it. */
export function fileSize(bytes: number): string {
  const [unit, length] = SIZES.find(([, least]) => bytes >= least) ?? ['byte', 1]
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / length)
}

/** An instant in the time zone of the reader. */
export function instant(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : days({ dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** How long ago an instant was, as people say it; a day or a date when it is long ago. */
export function ago(text: string, now = Date.now()): string {
  const seconds = (Date.parse(text) - now) / 1000
  if (Number.isNaN(seconds)) return text
  if (Math.abs(seconds) > 6 * 86_400) return instant(text)
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit)
  return words.format(0, 'minute')
}
