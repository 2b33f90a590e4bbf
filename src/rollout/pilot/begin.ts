// Putting a site into pilot mode: its figures of before are taken first, so that nobody can choose them afterwards.
import { type Command, creation } from '#kernel/command'
import { addDays } from '#kernel/dates'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../governance/site.ts'
import type { Figures } from './figures.ts'
import { pilot } from './pilot.ts'
import { refuse } from './refusals.ts'

/** Four weeks have every weekday equally often. */
const DAYS_BEFORE = 28

/** `baselineFrom` and `baselineUntil` are the days of before; the four weeks up to yesterday unless they are given. */
export const BeginInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  baselineFrom: T.optional(T.date()),
  baselineUntil: T.optional(T.date()),
})

/** Refuses PILOT_RUNS, and PILOT_WITHOUT_FIGURES when nothing is known of the days of before. */
export const beginning = (figures: Figures): Command =>
  creation(pilot.verbs.begin, BeginInput, async ({ tx, companyId, ids, numbers, input, today, now }) => {
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      const given = one.baselineUntil ?? addDays(today, -1)
      const until = given < today ? given : addDays(today, -1)
      const from = one.baselineFrom ?? addDays(until, 1 - DAYS_BEFORE)
      const baseline = from <= until ? await figures(tx, { companyId, from, until, today, now }) : []
      if (!baseline.some((each) => each.value !== null))
        refuse('PILOT_WITHOUT_FIGURES', { site: site.code, from, until })
      try {
        await tx.run(sql`insert into rollout.pilot (company_id, id, number, state, site_id, baseline_from, baseline_until, starts_on, baseline, created_at, updated_at)
          values (${companyId}, ${ids[at]}, ${numbers[at]}, 'running', ${site.id}, ${from}, ${until}, ${today}, ${JSON.stringify(baseline)}::jsonb, ${now}, ${now})`)
      } catch (error) {
        if (errorCode(error) === '23505') refuse('PILOT_RUNS', { site: site.code })
        throw error
      }
    }
  })
