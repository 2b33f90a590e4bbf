// Saying what becomes of a finding: the template covers it, work changes, it is a requirement, or it is lived with.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { DISPOSITIONS, finding } from './finding.ts'

export const DisposeInput = T.object({ disposition: T.choice(DISPOSITIONS), note: T.text(1000) })

export const dispose = command(finding.verbs.dispose, DisposeInput, async ({ tx, companyId, set, input }) => {
  await tx.run(sql`update rollout.finding f set state = 'decided', disposition = ${input.disposition}, note = ${input.note}
    from ${set} s where f.company_id = ${companyId} and f.id = s.id`)
})
