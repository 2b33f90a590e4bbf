// Taking a matter to the sponsor, because those who should decide do not agree or do not answer (GOV-09); his days begin now.
import { command } from '#kernel/command'
import { addDays } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { rightFor } from '../policy.ts'
import { decision } from './decision.ts'

export const escalate = command(decision.verbs.escalate, T.object({}), async ({ tx, companyId, set, today }) => {
  await tx.run(sql`update rollout.decision d set due_on = ${addDays(today, rightFor('conflict')['answer-days'])}::date
    from ${set} s where d.company_id = ${companyId} and d.id = s.id`)
})
