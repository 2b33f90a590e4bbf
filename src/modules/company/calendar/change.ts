// Changing a work calendar: promises made from now on use it; those already made stay.
import { command } from '#kernel/command'
import { isWorkDay } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { calendar } from './calendar.ts'
import { hours } from './create.ts'

/** What is not given stays; `weekdays` and `holidays` replace the whole list. */
export const change = command(calendar.verbs.change, T.object(hours), async ({ tx, companyId, input, set, today }) => {
  const { weekdays, holidays, cutOff } = input
  isWorkDay(today, { weekdays: weekdays ?? [1], holidays: holidays ?? [], cutOff: cutOff ?? '15:00', timeZone: 'UTC' })
  await tx.run(sql`update company.calendar c set
      weekdays = coalesce(${weekdays ?? null}::int[], c.weekdays),
      holidays = coalesce(${holidays ?? null}::date[], c.holidays),
      cut_off = coalesce(${cutOff ?? null}::time, c.cut_off)
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
})
