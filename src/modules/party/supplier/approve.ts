// The steward lets a supplier in: compared, and by another person than who asked.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuseOpenDuplicates } from '../duplicate/open-duplicates.ts'
import { activateParties } from '../identity.ts'
import { refuseOwnWork } from '../own-work.ts'
import { supplier } from './supplier.ts'

/** Refuses with DUPLICATE_OPEN, OTHER_PERSON_NEEDED and TAX_ID_TAKEN. */
export const approve = command(supplier.verbs.approve, T.object({}), async (call) => {
  const { tx, companyId, set, actor, now } = call
  await refuseOpenDuplicates(tx, companyId, 'Supplier', set)
  await refuseOwnWork(call, { table: 'party.supplier', verb: 'approve it' })
  await activateParties(tx, set, now)
  await tx.run(
    sql`update party.supplier v set approved_by = ${actor} from ${set} s where v.company_id = ${companyId} and v.id = s.id`,
  )
})
