// The work calendar of a site, read as the configuration that it is; without one, Monday to Friday.
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { addWorkDays } from '#kernel/dates'
import type { Tx } from '#kernel/db'
import { type Kinds, readLive } from '../configuration/live.ts'
import { refuse } from './refusals.ts'

const days = Type.Object({ weekdays: Type.Array(Type.Integer()), holidays: Type.Array(Type.String()) })

/** A calendar by which days are counted. `name` tells people which one it is. */
export type WorkDays = { readonly name: string; readonly add: (date: string, workDays: number) => string }

const calendarOf = (name: string, { weekdays, holidays }: typeof days.static): WorkDays => ({
  name,
  add: (date, count) => addWorkDays(date, count, { weekdays, holidays, cutOff: '23:59', timeZone: 'Etc/UTC' }),
})

/**
 * The calendar of that code in a company; when none is named, the first by its code, and where there is none at all Monday to
 * Friday without a day off. Refuses CALENDAR_UNKNOWN.
 */
export async function workDaysOf(
  tx: Tx,
  kinds: Kinds,
  companyId: number,
  code: string | null | undefined,
): Promise<WorkDays> {
  const live = await readLive(tx, kinds, ['company.calendar'], companyId)
  const found = code ? live.find((one) => one.key.toUpperCase() === code.toUpperCase()) : live[0]
  if (code && !found)
    return refuse('CALENDAR_UNKNOWN', { calendar: code, known: live.map((one) => one.key).join(', ') || 'none' })
  if (!found || !Value.Check(days, found.fields))
    return calendarOf('Monday to Friday', { weekdays: [1, 2, 3, 4, 5], holidays: [] })
  return calendarOf(found.key, found.fields)
}
