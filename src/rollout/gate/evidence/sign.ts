// Signing evidence: by the seat that its kind names, and never by who recorded it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seatFor } from '../../governance/policy.ts'
import { sits } from '../../governance/seat/sits.ts'
import { refuse } from '../refusals.ts'
import { evidence } from './evidence.ts'
import { evidenceRule } from './record.ts'

export const sign = command(evidence.verbs.sign, T.object({}), async ({ tx, context, companyId, set, actor, now }) => {
  const rows = await tx.rows(sql<{
    id: string
    number: string
    kind: string
    subject: string | null
    recorded_by: string
  }>`
    select e.id, e.number, e.kind, e.subject, e.recorded_by from rollout.evidence e join ${set} s on s.id = e.id where e.company_id = ${companyId}`)
  for (const one of rows) {
    const rule = seatFor(evidenceRule(one.kind).signs, one.subject ?? undefined)
    if (one.recorded_by === actor && context.principal.kind !== 'system')
      refuse('OWN_EVIDENCE', { number: one.number, name: rule.name })
    const by = await sits(tx, context, rule)
    await tx.run(
      sql`update rollout.evidence set signed_by = ${actor}, seat = ${by.seat}, signed_at = ${now} where company_id = ${companyId} and id = ${one.id}`,
    )
  }
})
