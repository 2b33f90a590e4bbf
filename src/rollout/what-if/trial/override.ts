// Going on although scenarios fail at a site: only by the seat that decides on exceptions, with its reason, which stays.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { decides } from '../../governance/seat/sits.ts'
import { trial } from './trial.ts'

/** The kind of matter that it is: who decides on it stands in the template's governance. */
const MATTER = 'rollout-exception'

/** Refuses SEAT_VACANT and NOT_YOUR_SEAT. */
export const override = command(trial.verbs.override, T.object({}), async (call) => {
  const by = await decides(call.tx, call.context, MATTER)
  await call.tx.run(sql`update rollout.trial t set overridden_by = ${call.actor}, override_seat = ${by.seat}, override_reason = ${call.reason}, overridden_at = ${call.now}, state = 'overridden'
    from ${call.set} g where t.company_id = ${call.companyId} and t.id = g.id`)
})
