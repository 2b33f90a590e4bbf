// The due date follows from the payment terms alone, so that every screen and letter names the same day.

import {
  addDays,
  addMonths,
  type BusinessDate,
  dateText,
  daysInMonth,
  endOfMonth,
  partsOf,
} from '#kernel/dates/business-date'
import { refusals } from '#kernel/refusal'

/** When a payment is due; `dayOfMonth` (1 to 31) is the next such day, in shorter months their last. */
export type PaymentTerms = { readonly days: number; readonly endOfMonth?: boolean; readonly dayOfMonth?: number }

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
  TERMS_INVALID: {
    text: 'Payment terms need 0 to 3660 days and, if any, a day of month from 1 to 31. Correct the terms.',
    kind: 'invalid',
  },
})

function nextDayOfMonth(date: BusinessDate, dayOfMonth: number): BusinessDate {
  const parts = partsOf(date)
  const here = Math.min(dayOfMonth, daysInMonth(parts))
  if (here >= parts.day) {
    return dateText({ ...parts, day: here })
  }
  const next = partsOf(addMonths(dateText({ ...parts, day: 1 }), 1))
  return dateText({ ...next, day: Math.min(dayOfMonth, daysInMonth(next)) })
}
