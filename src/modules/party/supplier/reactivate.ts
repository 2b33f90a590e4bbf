// Taking a former supplier back is asking anew: compared and approved like anybody else.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { refuseMerged } from '../merged.ts'
import { supplier } from './supplier.ts'

export const reactivate = command(supplier.verbs.reactivate, T.object({}), async (call) => {
  const { tx, companyId, ids, set, now, actor, context } = call
  await refuseMerged(call, 'supplier')
  await tx.run(sql`update party.supplier v set requested_by = ${actor}, approved_by = null
    from ${set} s where v.company_id = ${companyId} and v.id = s.id`)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  return { states: new Map(ids.map((id) => [id, 'proposed'])), result: { suppliers: likenessOf(ids, alike) } }
})
