// Days that something is valid on: from a day until a day, both included, or for ever.
import { addDays, parseDate } from '#kernel/dates'
import { refuse } from './refusals.ts'

/** The text of a daterange from `from` to `until`, both included. Refuses with TAX_RANGE_EMPTY, DATE_INVALID. */
export function rangeOf(what: string, from: string, until: string | undefined): string {
  if (until === undefined) {
    return `[${parseDate(from)},)`
  }
  if (parseDate(until) < parseDate(from)) {
    refuse('TAX_RANGE_EMPTY', { what, from, until })
  }
  return `[${from},${addDays(until, 1)})`
}
