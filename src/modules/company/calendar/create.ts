// Creating a work calendar.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { isWorkDay } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { plainly } from '../refusals.ts'
import { calendar } from './calendar.ts'

/** `weekdays` by ISO 8601, 1 is Monday; `holidays` are days; `cutOff` is local time 'HH:MM'. */
export const hours = {
  weekdays: T.optional(Type.Array(T.integer(1, 7), { minItems: 1, maxItems: 7, uniqueItems: true })),
  holidays: T.optional(Type.Array(T.date(), { maxItems: 1000, uniqueItems: true })),
  cutOff: T.optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
}
export const CalendarInput = T.object({ id: T.optional(T.id()), code: T.code(), ...hours })

export const create = creation(
  calendar.verbs.create,
  CalendarInput,
  async ({ tx, companyId, ids, input, now, today }) => {
    const given = input.map((one, at) => ({
      id: ids[at],
      code: one.code,
      weekdays: one.weekdays ?? [1, 2, 3, 4, 5],
      holidays: one.holidays ?? [],
      cut_off: one.cutOff ?? '15:00',
    }))
    // The calendar's own arithmetic judges the days: it refuses 30 February, which a pattern lets pass.
    for (const one of given) {
      isWorkDay(today, { weekdays: one.weekdays, holidays: one.holidays, cutOff: one.cut_off, timeZone: 'UTC' })
    }
    await plainly(
      'work calendar',
      tx.run(sql`insert into company.calendar (company_id, id, code, weekdays, holidays, cut_off, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, weekdays int[], holidays date[], cut_off time)`),
    )
  },
)
