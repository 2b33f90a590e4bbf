// A business date is a day in the company's calendar, not an instant: plain text, safe from time zones and clock changes.

import { refusals } from '#kernel/refusal'

/** A day of the Gregorian calendar as 'YYYY-MM-DD', years 0001 to 9999; plain text comparison sorts it. */
export type BusinessDate = string

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

const refuse = refusals({
  DATE_INVALID: { text: '"{date}" is not a day of the calendar. Write it as YYYY-MM-DD.', kind: 'invalid' },
  DATE_OUT_OF_RANGE: { text: 'The date would fall outside the years 1 to 9999. Use fewer days.', kind: 'invalid' },
})

/** A month of a year. */
export type Month = { year: number; month: number }
/** The numbers of a business date. */
export type Parts = Month & { day: number }

const DATE_SHAPE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function readDate(text: string): Parts | undefined {
  const match = typeof text === 'string' ? DATE_SHAPE.exec(text) : null
  if (!match) {
    return undefined
  }
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const real = parts.year >= 1 && parts.day >= 1 && parts.day <= daysInMonth(parts)
  return real ? parts : undefined
}

/** Year, month and day as numbers. Refuses with DATE_INVALID. */
export function partsOf(date: BusinessDate): Parts {
  return readDate(date) ?? refuse('DATE_INVALID', { date: String(date).slice(0, 40) })
}

/** The days of a month; 0 for a month that does not exist. */
export function daysInMonth({ year, month }: Month): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Days since 1970-01-01. Counted over years that begin in March, so that the leap day comes last. */
export function dayNumber(date: BusinessDate): number {
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

/** The text of year, month and day. Refuses with DATE_OUT_OF_RANGE outside the years 1 to 9999. */
export function dateText({ year, month, day }: Parts): BusinessDate {
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
