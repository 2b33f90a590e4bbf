// Taking a former customer back is asking anew: compared, reviewed and approved like anybody else.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { refuseMerged } from '../merged.ts'
import { customer } from './customer.ts'

export const reactivate = command(customer.verbs.reactivate, T.object({}), async (call) => {
  const { tx, companyId, ids, set, now, actor, context } = call
  await refuseMerged(call, 'customer')
  await tx.run(sql`update party.customer c set requested_by = ${actor}, credit_reviewed_by = null, approved_by = null
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  return { states: new Map(ids.map((id) => [id, 'proposed'])), result: { customers: likenessOf(ids, alike) } }
})
