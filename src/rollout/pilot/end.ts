// Ending a pilot with what it says about the template; how, the validation report shows.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { CONCLUSIONS, pilot } from './pilot.ts'
import { refuse } from './refusals.ts'

/** Refuses PILOT_UNOBSERVED when no figures were taken while it ran. */
export const end = command(
  pilot.verbs.end,
  T.object({ conclusion: T.choice(CONCLUSIONS), lessons: T.text(4000) }),
  async ({ tx, companyId, set, input, today }) => {
    const blind = await tx.first(sql<{
      number: string
    }>`select p.number from rollout.pilot p join ${set} s on s.id = p.id
      where p.company_id = ${companyId} and jsonb_array_length(p.readings) = 0`)
    if (blind) refuse('PILOT_UNOBSERVED', blind)
    await tx.run(sql`update rollout.pilot p set state = 'ended', ends_on = ${today}, conclusion = ${input.conclusion}, lessons = ${input.lessons}
      from ${set} s where p.company_id = ${companyId} and p.id = s.id`)
  },
)
