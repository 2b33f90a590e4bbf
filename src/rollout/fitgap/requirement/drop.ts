// Dropping a requirement that nobody has any more, with the reason; on a signed register only what is outside of its scope.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { throughLock } from '../lock.ts'
import { requirement } from './requirement.ts'

export const DropInput = T.object({ changeRequest: T.optional(T.ref('rollout.change-request')) })

export const drop = command(requirement.verbs.drop, DropInput, async ({ tx, companyId, set, input }) => {
  const rows = await tx.rows(
    sql<{
      site_id: string
    }>`select distinct r.site_id from rollout.requirement r join ${set} s on s.id = r.id where r.company_id = ${companyId} and r.in_baseline`,
  )
  await throughLock(
    tx,
    companyId,
    rows.map((one) => one.site_id),
    input.changeRequest,
  )
})
