// When reviews are due: every work day, on a weekday, or from a day of the month or quarter on, moved to the next work day.
import { addDays, addMonths, dayOfWeek } from '#kernel/dates'
import type { WorkDays } from '../../checklist/work-days.ts'
import { policy, type ReviewRule } from '../policy.ts'
import { refuse } from '../refusals.ts'

/** The rule of a review. Refuses REVIEW_UNKNOWN. */
export const reviewRule = (review: string): ReviewRule =>
  policy().reviews.find((one) => one.review === review) ??
  refuse('REVIEW_UNKNOWN', {
    review,
    known: policy()
      .reviews.map((one) => one.review)
      .join(', '),
  })

/** The first day from `from` on, that day included, on which the review is due. */
export function dueFrom(rule: ReviewRule, from: string, calendar: WorkDays): string {
  if (rule.every === 'work-day') return calendar.add(from, 0)
  // A nominal day that is off moves on, so one before `from` may still be due on or after it.
  for (let nominal = before(rule, from); ; nominal = next(rule, nominal)) {
    const due = calendar.add(nominal, 0)
    if (due >= from) return due
  }
}

/** The last nominal day that is not after `day`. */
function before(rule: ReviewRule, day: string): string {
  if (rule.every === 'week') return addDays(day, -((dayOfWeek(day) - rule.day + 7) % 7))
  const length = rule.every === 'quarter' ? 3 : 1
  const month = Number(day.slice(5, 7))
  const first = `${day.slice(0, 4)}-${String(month - ((month - 1) % length)).padStart(2, '0')}-01`
  const nominal = addDays(first, rule.day - 1)
  return nominal <= day ? nominal : addDays(addMonths(first, -length), rule.day - 1)
}

function next(rule: ReviewRule, nominal: string): string {
  if (rule.every === 'week') return addDays(nominal, 7)
  const first = `${nominal.slice(0, 7)}-01`
  return addDays(addMonths(first, rule.every === 'quarter' ? 3 : 1), rule.day - 1)
}

/** How many days from `from` until before `until` the review was due; a thousand at most are counted. */
export function dueBetween(rule: ReviewRule, from: string, until: string, calendar: WorkDays): number {
  let count = 0
  for (let due = dueFrom(rule, from, calendar); due < until && count < 1000; count++)
    due = dueFrom(rule, addDays(due, 1), calendar)
  return count
}
