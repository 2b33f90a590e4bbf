// Taking the figures of a running pilot: those of its last seven days, one reading a day, by a person or every morning by itself.
import { type Command, command } from '#kernel/command'
import { type Context, SYSTEM } from '#kernel/context'
import { addDays } from '#kernel/dates'
import { sql } from '#kernel/db'
import type { ModuleJob } from '#kernel/jobs'
import { T } from '#kernel/schema'
import type { Figures } from './figures.ts'
import { pilot } from './pilot.ts'

/** A reading: the day on which it was taken, the days that it is about, and the values by the id of their figure. */
export type Reading = {
  readonly on: string
  readonly from: string
  readonly until: string
  readonly values: Readonly<Record<string, string | null>>
}

const DAYS = 7

/** A second reading of a day takes the place of the first. */
export const observing = (figures: Figures): Command =>
  command(pilot.verbs.observe, T.object({}), async ({ tx, companyId, set, today, now }) => {
    const rows = await tx.rows(
      sql<{
        id: string
        starts_on: string
      }>`select p.id, p.starts_on from rollout.pilot p join ${set} s on s.id = p.id where p.company_id = ${companyId}`,
    )
    for (const { id, starts_on } of rows) {
      let from = addDays(today, 1 - DAYS)
      if (from < starts_on) from = starts_on
      const found = await figures(tx, { companyId, from, until: today, today, now })
      const values = Object.fromEntries(found.map((one) => [one.id, one.value]))
      const reading: Reading = { on: today, from, until: today, values }
      await tx.run(sql`update rollout.pilot set readings = coalesce((select jsonb_agg(r order by r ->> 'on') from jsonb_array_elements(readings) r where r ->> 'on' <> ${today}), '[]') || ${JSON.stringify([reading])}::jsonb
        where company_id = ${companyId} and id = ${id}`)
    }
  })

/** Every morning, the figures of every running pilot of the company. */
export const observeDaily = (observe: Command): ModuleJob => ({
  at: '05:30',
  run: async ({ tx, kernel, context }) => {
    const rows = await tx.rows(
      sql<{
        id: string
      }>`select id from rollout.pilot where company_id = ${context.companyId} and state = 'running' order by id`,
    )
    if (rows.length === 0) return
    const { key: _, ...rest } = context
    const own: Context = { ...rest, principal: SYSTEM }
    await observe.run(kernel, own, { ids: rows.map((one) => one.id), input: {} })
  },
})
