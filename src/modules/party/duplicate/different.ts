// Two parties are two: the proposal may go on, and the pair is not asked about again.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { duplicate } from './duplicate.ts'

export const different = command(
  duplicate.verbs.different,
  T.object({}),
  async ({ tx, companyId, set, actor, now }) => {
    await tx.run(sql`update party.duplicate d set decided_by = ${actor}, decided_at = ${now}
    from ${set} s where d.company_id = ${companyId} and d.id = s.id`)
  },
)
