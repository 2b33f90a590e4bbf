// The days off of a calendar: each year's, worked out from the rules in holidays.yaml.
import { addDays, type BusinessDate, dayOfWeek, endOfMonth } from '#kernel/dates'
import { refuse } from './refusals.ts'
import type { Template } from './template.ts'

type Calendar = Template['holidays']['calendars'][number]
type Rule = Calendar['days'][number]

/** Which calendar a place keeps, and on which days it is closed besides: 'MM-DD', or the name of an extra day of the calendar. */
export type Closed = { readonly calendar: string; readonly closedAlso?: readonly string[] }

/** The days off from the first to the last year, in order. Refuses with TEMPLATE_UNKNOWN_NAME. */
export function holidaysOf(
  template: Template,
  closed: Closed,
  years: { from: number; to: number },
): readonly BusinessDate[] {
  const { calendars } = template.holidays
  const calendar = calendars.find((one) => one.calendar === closed.calendar)
  if (!calendar) {
    const known = calendars.map((one) => one.calendar).join(', ')
    return refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'calendar', name: closed.calendar, known, file: 'holidays.yaml' })
  }
  const rules = [...calendar.days, ...(closed.closedAlso ?? []).map((name) => extraDay(calendar, name))]
  const days = new Set<BusinessDate>()
  // New Year on a Saturday may be observed in the year before, so one more year is worked out at the end.
  for (let year = years.from; year <= years.to + 1; year++) {
    const own = new Set(rules.map((rule) => dayOf(rule, year)))
    for (const day of own) {
      const kept = observed(day, calendar.observed, days, own)
      if (Number(kept.slice(0, 4)) <= years.to) {
        days.add(kept)
      }
    }
  }
  return [...days].sort()
}

function extraDay(calendar: Calendar, name: string): Rule {
  const found = calendar.extra?.find((one) => one.name === name)
  if (found) {
    return found
  }
  if (/^\d{2}-\d{2}$/.test(name)) {
    return { name, on: name }
  }
  const known = (calendar.extra ?? []).map((one) => one.name).join(', ') || 'none; a day is written as MM-DD'
  return refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'extra day', name, known, file: 'holidays.yaml' })
}

function dayOf(rule: Rule, year: number): BusinessDate {
  const { on, easter, nth, weekday, month, plus } = rule
  if (on !== undefined) {
    return `${year}-${on}`
  }
  if (easter !== undefined) {
    return addDays(easterSunday(year), easter)
  }
  if (nth === undefined || weekday === undefined || month === undefined) {
    return refuse('TEMPLATE_INVALID', {
      file: 'holidays.yaml',
      problem: `${rule.name} needs on, easter, or nth with weekday and month`,
    })
  }
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const start = nth > 0 ? first : addDays(endOfMonth(first), -6)
  const found = addDays(start, ((weekday - dayOfWeek(start) + 7) % 7) + 7 * (Math.max(nth, 1) - 1))
  return addDays(found, plus ?? 0)
}

function observed(
  day: BusinessDate,
  rule: Calendar['observed'],
  taken: ReadonlySet<BusinessDate>,
  own: ReadonlySet<BusinessDate>,
): BusinessDate {
  const weekday = dayOfWeek(day)
  if (rule === undefined || weekday < 6) {
    return day
  }
  if (rule === 'nearest') {
    return addDays(day, weekday === 6 ? -1 : 1)
  }
  let next = addDays(day, 8 - weekday)
  while (taken.has(next) || own.has(next)) {
    next = addDays(next, 1)
  }
  return next
}

/** Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, 1991, chapter 8). */
function easterSunday(year: number): BusinessDate {
  const part = (value: number, by: number) => Math.trunc(value / by)
  const golden = year % 19
  const century = part(year, 100)
  const rest = year % 100
  const moon = (19 * golden + century - part(century, 4) - part(century - part(century + 8, 25) + 1, 3) + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * part(rest, 4) - moon - (rest % 4)) % 7
  const shift = part(golden + 11 * moon + 22 * sunday, 451)
  const days = moon + sunday - 7 * shift + 114
  return `${year}-${String(part(days, 31)).padStart(2, '0')}-${String((days % 31) + 1).padStart(2, '0')}`
}
