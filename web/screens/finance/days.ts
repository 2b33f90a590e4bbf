// Business days for screens: today where the company is, and the ends of months.
import { currentCompany } from '../../client/session.ts'

/** Today in the company's time zone, 'YYYY-MM-DD'. */
export const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: currentCompany().timeZone }).format(new Date())

/** The first day of the month of a day. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`

/** The first day of the year of a day. */
export const yearOf = (day: string): string => `${day.slice(0, 4)}-01-01`

/** A day earlier or later by so many. */
export const shift = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
