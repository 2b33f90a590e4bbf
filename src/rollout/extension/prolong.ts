// Letting an extension stay longer than was agreed: the seat that approves does, never who proposed it, with the reason.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { sits } from '../governance/seat/sits.ts'
import { checklist } from './checklist.ts'
import { extension } from './extension.ts'
import { openedByAnother } from './open.ts'
import { checkRetirement } from './proposal.ts'

export const prolong = command(extension.verbs.prolong, T.object({ retiresOn: T.date() }), async (call) => {
  const { tx, context, companyId, set, input, today, rows } = call
  await openedByAnother(call, 'prolong')
  checkRetirement(input.retiresOn, today)
  await sits(tx, context, checklist().approves)
  await tx.run(
    sql`update rollout.extension x set retires_on = ${input.retiresOn} from ${set} s where x.company_id = ${companyId} and x.id = s.id`,
  )
  return { states: new Map(rows.map((row) => [row.id, row.state])) }
})
