// A business date is a day in the company's calendar, not an instant: plain text, safe from time zones and clock changes.

import { refusals } from '#kernel/refusal'

/** A day of the Gregorian calendar as 'YYYY-MM-DD', years 0001 to 9999; plain text comparison sorts it. */
export type BusinessDate = string

/** A moment: milliseconds since 1970-01-01 UTC, or a Date. It always comes from the caller's clock. */
export type Instant = number | Date

/** A local date with its local time of day 'HH:MM:SS'. */
export type LocalTime = { readonly date: BusinessDate; readonly time: string }

/** When a payment is due; `dayOfMonth` (1 to 31) is the next such day, in shorter months their last. */
export type PaymentTerms = { readonly days: number; readonly endOfMonth?: boolean; readonly dayOfMonth?: number }

/** Whether the text is a real day: '2024-02-29' is, '2026-02-29' is not. */
export function isDate(text: string): text is BusinessDate {
  return readDate(text) !== undefined
}

/** Takes the text as a business date. Refuses with DATE_INVALID. */
export function parseDate(text: string): BusinessDate {
  return isDate(text) ? text : refuse('DATE_INVALID', { date: String(text).slice(0, 40) })
}

/** The day that is `days` later, or earlier when negative. Refuses with DATE_INVALID, DATE_OUT_OF_RANGE. */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  checkCount(days)
  return dateOfNumber(dayNumber(date) + days)
}

/**
 * The same day `months` later (or earlier when negative), or the last day of that month where it is shorter:
 * 2026-01-31 plus one month is 2026-02-28. Refuses with DATE_INVALID, DATE_OUT_OF_RANGE.
 */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  checkCount(months)
  const { year, month, day } = partsOf(date)
  const count = year * 12 + (month - 1) + months
  const to = { year: Math.floor(count / 12), month: modulo(count, 12) + 1 }
  return dateText({ ...to, day: Math.min(day, daysInMonth(to)) })
}

/** The last day of the date's month. */
export function endOfMonth(date: BusinessDate): BusinessDate {
  const parts = partsOf(date)
  return dateText({ ...parts, day: daysInMonth(parts) })
}

/** How many days `to` is after `from`; negative when it is before. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The weekday of ISO 8601: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: BusinessDate): number {
  // Day 0, 1970-01-01, was a Thursday.
  return modulo(dayNumber(date) + 3, 7) + 1
}

/** -1, 0 or 1 as `left` is before, on or after `right`. Refuses with DATE_INVALID. */
export function compareDates(left: BusinessDate, right: BusinessDate): -1 | 0 | 1 {
  const days = daysBetween(right, left)
  if (days === 0) {
    return 0
  }
  return days < 0 ? -1 : 1
}

/** The date in the time zone (IANA name) at the instant. Refuses with TIME_ZONE_UNKNOWN. */
export function todayIn(timeZone: string, instant: Instant): BusinessDate {
  return localTimeIn(timeZone, instant).date
}

/** Date and time of day in the time zone (IANA name) at the instant. Refuses with TIME_ZONE_UNKNOWN. */
export function localTimeIn(timeZone: string, instant: Instant): LocalTime {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(instant)) {
    parts[type] = value
  }
  const { year = '', month, day, hour, minute, second } = parts
  return { date: parseDate(`${year.padStart(4, '0')}-${month}-${day}`), time: `${hour}:${minute}:${second}` }
}

/**
 * The instant (milliseconds since 1970-01-01 UTC) at which clocks in the zone show the date and the time 'HH:MM' or
 * 'HH:MM:SS'. A time shown twice, when clocks go back, is its first showing; one never shown, when they go forward, is
 * as much later as the gap is long. So a job at 02:30 has exactly one instant on every day of the year.
 */
export function instantOf({ date, time }: LocalTime, timeZone: string): number {
  const shown = dayNumber(date) * DAY_MILLISECONDS + secondsOfDay(time) * 1000
  const offsets = [offsetAt(shown - DAY_MILLISECONDS, timeZone), offsetAt(shown + DAY_MILLISECONDS, timeZone)]
  const candidates = offsets.map((offset) => shown - offset).sort((a, b) => a - b)
  const real = candidates.find((candidate) => candidate + offsetAt(candidate, timeZone) === shown)
  return real ?? shown - (offsets[0] ?? 0)
}

/** The seconds since midnight of 'HH:MM' or 'HH:MM:SS'. Refuses with TIME_INVALID. */
export function secondsOfDay(time: string): number {
  const [, hours, minutes, seconds = '0'] = TIME_SHAPE.exec(time) ?? refuse('TIME_INVALID', { time })
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/**
 * The day a payment is due: `days` after the date, then moved to the end of that month if so agreed, then to the next
 * agreed day of month on or after it. { days: 30, endOfMonth: true, dayOfMonth: 10 } is "30 days, end of month, the
 * 10th following". Refuses with TERMS_INVALID, DATE_INVALID.
 */
export function dueDate(from: BusinessDate, terms: PaymentTerms): BusinessDate {
  const { days, endOfMonth: atEnd = false, dayOfMonth } = terms
  const dayFits = dayOfMonth === undefined || (Number.isInteger(dayOfMonth) && dayOfMonth >= 1 && dayOfMonth <= 31)
  if (!Number.isInteger(days) || days < 0 || days > 3660 || !dayFits) {
    return refuse('TERMS_INVALID', { days, dayOfMonth })
  }
  const counted = addDays(from, days)
  const reached = atEnd ? endOfMonth(counted) : counted
  return dayOfMonth === undefined ? reached : nextDayOfMonth(reached, dayOfMonth)
}

const refuse = refusals({
  DATE_INVALID: { text: '"{date}" is not a day of the calendar. Write it as YYYY-MM-DD.', kind: 'invalid' },
  DATE_OUT_OF_RANGE: { text: 'The date would fall outside the years 1 to 9999. Use fewer days.', kind: 'invalid' },
  TIME_INVALID: { text: '"{time}" is not a time of day. Write it as HH:MM, from 00:00 to 23:59.', kind: 'invalid' },
  TIME_ZONE_UNKNOWN: {
    text: 'There is no time zone "{timeZone}". Use a name of the IANA list, such as Europe/Berlin.',
    kind: 'invalid',
  },
  TERMS_INVALID: {
    text: 'Payment terms need 0 to 3660 days and, if any, a day of month from 1 to 31. Correct the terms.',
    kind: 'invalid',
  },
})

type Month = { year: number; month: number }
type Parts = Month & { day: number }

const DATE_SHAPE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/
const TIME_SHAPE = /^([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAY_MILLISECONDS = 86_400_000

// One formatter per zone: making one costs some 50 times as much as using it. Zone names are checked, so few.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) {
    return known
  }
  try {
    const made = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    formatters.set(timeZone, made)
    return made
  } catch (error) {
    if (error instanceof RangeError) {
      return refuse('TIME_ZONE_UNKNOWN', { timeZone })
    }
    throw error
  }
}

/** How far the zone's clocks are ahead of UTC at the instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const { date, time } = localTimeIn(timeZone, instant)
  const whole = Math.floor(instant / 1000) * 1000
  return dayNumber(date) * DAY_MILLISECONDS + secondsOfDay(time) * 1000 - whole
}

function nextDayOfMonth(date: BusinessDate, dayOfMonth: number): BusinessDate {
  const parts = partsOf(date)
  const here = Math.min(dayOfMonth, daysInMonth(parts))
  if (here >= parts.day) {
    return dateText({ ...parts, day: here })
  }
  const next = partsOf(addMonths(dateText({ ...parts, day: 1 }), 1))
  return dateText({ ...next, day: Math.min(dayOfMonth, daysInMonth(next)) })
}

function readDate(text: string): Parts | undefined {
  const match = typeof text === 'string' ? DATE_SHAPE.exec(text) : null
  if (!match) {
    return undefined
  }
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const real = parts.year >= 1 && parts.day >= 1 && parts.day <= daysInMonth(parts)
  return real ? parts : undefined
}

function partsOf(date: BusinessDate): Parts {
  return readDate(date) ?? refuse('DATE_INVALID', { date: String(date).slice(0, 40) })
}

/** The days of a month; 0 for a month that does not exist. */
function daysInMonth({ year, month }: Month): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Days since 1970-01-01, counted over years that begin in March so that the leap day comes last. */
function dayNumber(date: BusinessDate): number {
  const { year, month, day } = partsOf(date)
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * modulo(month - 3, 12) + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + dayOfYear - DAYS_TO_1970
}

const DAYS_TO_1970 = 719_468
const DAYS_PER_400_YEARS = 146_097

function dateOfNumber(days: number): BusinessDate {
  const count = days + DAYS_TO_1970
  const cycle = Math.floor(count / DAYS_PER_400_YEARS)
  const inCycle = count - cycle * DAYS_PER_400_YEARS
  const leaps = Math.floor(inCycle / 1460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096)
  const yearOfCycle = Math.floor((inCycle - leaps) / 365)
  const dayOfYear = inCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
  return dateText({ year, month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 })
}

function dateText({ year, month, day }: Parts): BusinessDate {
  if (year < 1 || year > 9999) {
    return refuse('DATE_OUT_OF_RANGE', { year })
  }
  const pad = (value: number, length: number) => value.toString().padStart(length, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function checkCount(count: number): void {
  if (!Number.isSafeInteger(count)) {
    throw new RangeError(`dates move by whole numbers, not by ${count}`)
  }
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
