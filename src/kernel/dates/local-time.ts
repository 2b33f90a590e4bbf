// Local time turns an instant into the date that people on the spot have, and back, across every change of clocks.

import { type BusinessDate, dayNumber, parseDate } from '#kernel/dates/business-date'
import { refusals } from '#kernel/refusal'

/** A moment: milliseconds since 1970-01-01 UTC, or a Date. It always comes from the caller's clock. */
export type Instant = number | Date

/** A local date with its local time of day 'HH:MM:SS'. */
export type LocalTime = { readonly date: BusinessDate; readonly time: string }

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

const refuse = refusals({
  TIME_INVALID: { text: '"{time}" is not a time of day. Write it as HH:MM, from 00:00 to 23:59.', kind: 'invalid' },
  TIME_ZONE_UNKNOWN: {
    text: 'There is no time zone "{timeZone}". Use a name of the IANA list, such as Europe/Berlin.',
    kind: 'invalid',
  },
})

const TIME_SHAPE = /^([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?$/
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
