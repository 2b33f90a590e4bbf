// A work calendar turns "in two work days" into a date, and an order's moment into the day its work can begin.

import { addDays, type BusinessDate, dayOfWeek, parseDate } from '#kernel/dates/business-date'
import { type Instant, localTimeIn, secondsOfDay } from '#kernel/dates/local-time'
import { refusals } from '#kernel/refusal'

/**
 * When a place works. `weekdays` by ISO 8601 (1 is Monday), `holidays` are its days off besides, `cutOff` ('HH:MM' or
 * 'HH:MM:SS', local) is the time from which an order counts as the next work day's, `timeZone` an IANA name.
 */
export type WorkCalendar = {
  readonly weekdays: readonly number[]
  readonly holidays: readonly BusinessDate[]
  readonly cutOff: string
  readonly timeZone: string
}

/** Whether the place works on the date. Refuses with CALENDAR_INVALID, DATE_INVALID. */
export function isWorkDay(date: BusinessDate, calendar: WorkCalendar): boolean {
  return worksOn(calendar)(parseDate(date))
}

/** The first work day after the date. Refuses with CALENDAR_INVALID, DATE_INVALID. */
export function nextWorkDay(date: BusinessDate, calendar: WorkCalendar): BusinessDate {
  return addWorkDays(date, 1, calendar)
}

/**
 * The date moved by work days: 1 is the first work day after it, -1 the last one before it, and 0 is the date itself,
 * or the first work day after it when it is a day off. Refuses with CALENDAR_INVALID, DATE_INVALID.
 */
export function addWorkDays(date: BusinessDate, workDays: number, calendar: WorkCalendar): BusinessDate {
  if (!Number.isSafeInteger(workDays)) {
    throw new RangeError(`a calendar moves by whole work days, not by ${workDays}`)
  }
  const works = worksOn(calendar)
  const step = workDays < 0 ? -1 : 1
  let day = parseDate(date)
  if (workDays === 0) {
    while (!works(day)) {
      day = addDays(day, 1)
    }
    return day
  }
  let left = Math.abs(workDays)
  while (left > 0) {
    day = addDays(day, step)
    left -= works(day) ? 1 : 0
  }
  return day
}

/**
 * The work day an order of this instant belongs to: that of the local date when it comes on a work day before the
 * cut-off, else the next one. At the cut-off itself is too late. Refuses with CALENDAR_INVALID, TIME_INVALID,
 * TIME_ZONE_UNKNOWN.
 */
export function promiseFrom(instant: Instant, calendar: WorkCalendar): BusinessDate {
  const { date, time } = localTimeIn(calendar.timeZone, instant)
  const inTime = secondsOfDay(time) < secondsOfDay(calendar.cutOff)
  return isWorkDay(date, calendar) && inTime ? date : nextWorkDay(date, calendar)
}

const refuse = refusals({
  CALENDAR_INVALID: {
    text: 'A work calendar needs at least one weekday, each from 1 (Monday) to 7 (Sunday). Correct its weekdays.',
    kind: 'invalid',
  },
})

function worksOn({ weekdays, holidays }: WorkCalendar): (date: BusinessDate) => boolean {
  // Without a weekday the search for the next work day would never end.
  if (weekdays.length === 0 || weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    return refuse('CALENDAR_INVALID', { weekdays: weekdays.join(', ') })
  }
  const off = new Set(holidays.map(parseDate))
  return (date) => weekdays.includes(dayOfWeek(date)) && !off.has(date)
}
