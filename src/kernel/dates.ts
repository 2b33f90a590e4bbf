// Dates for business: days without a clock, local time with its changes, work calendars and due dates.

export {
  addDays,
  addMonths,
  type BusinessDate,
  compareDates,
  dayOfWeek,
  daysBetween,
  endOfMonth,
  isDate,
  parseDate,
} from '#kernel/dates/business-date'
export { dueDate, type PaymentTerms } from '#kernel/dates/due-date'
export {
  type Instant,
  instantOf,
  type LocalTime,
  localTimeIn,
  secondsOfDay,
  todayIn,
} from '#kernel/dates/local-time'
export { addWorkDays, isWorkDay, nextWorkDay, promiseFrom, type WorkCalendar } from '#kernel/dates/work-calendar'
