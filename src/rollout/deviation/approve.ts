// Granting a deviation: the design authority does, never who asked for it, and only while its last day is still to come.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { decides } from '../governance/seat/sits.ts'
import { deviation } from './deviation.ts'
import { refuse } from './refusals.ts'

export const approve = command(
  deviation.verbs.approve,
  T.object({}),
  async ({ tx, context, companyId, set, actor, now, today }) => {
    await decides(tx, context, 'rollout-exception')
    const rows = await tx.rows(sql<{ number: string; requested_by: string; expires_on: string; renews: string | null }>`
    select d.number, d.requested_by, d.expires_on, d.renews from rollout.deviation d join ${set} s on s.id = d.id where d.company_id = ${companyId}`)
    for (const one of rows) {
      if (one.requested_by === actor && context.principal.kind !== 'system')
        refuse('OWN_DEVIATION', { number: one.number })
      if (one.expires_on <= today) refuse('DEVIATION_OVER', { expires: one.expires_on, today })
    }
    await tx.run(
      sql`update rollout.deviation d set approved_by = ${actor}, approved_at = ${now} from ${set} s where d.company_id = ${companyId} and d.id = s.id`,
    )
  },
)
