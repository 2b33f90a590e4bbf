// Deciding: only the seat that the decision rights name, or the sponsor once the matter was escalated.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { decides } from '../seat/sits.ts'
import { decision } from './decision.ts'

export const DecideInput = T.object({
  decision: T.text(2000),
  evidence: T.optional(T.text(1000)),
  expiresOn: T.optional(T.date()),
})

export const decide = command(
  decision.verbs.decide,
  DecideInput,
  async ({ tx, context, companyId, rows, input, today, actor }) => {
    for (const row of rows) {
      const asked = await tx.first(
        sql<{
          kind: string
          area: string | null
        }>`select kind, area from rollout.decision where company_id = ${companyId} and id = ${row.id}`,
      )
      const by = await decides(
        tx,
        context,
        row.state === 'escalated' ? 'conflict' : (asked?.kind ?? ''),
        asked?.area ?? undefined,
      )
      await tx.run(sql`update rollout.decision set state = 'decided', decision = ${input.decision}, evidence = ${input.evidence ?? null},
        expires_on = ${input.expiresOn ?? null}, decided_by = ${actor}, seat = ${by.seat}, on_behalf_of = ${by.onBehalfOf}, decided_on = ${today}
      where company_id = ${companyId} and id = ${row.id}`)
    }
  },
)
