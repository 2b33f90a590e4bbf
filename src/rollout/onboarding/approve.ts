// Approving what codes become: by the data owner of their domain, never by who proposed it, and only to what is in use.
import { type Command, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import type { Kinds } from '../configuration/live.ts'
import { seatFor } from '../governance/policy.ts'
import { sits } from '../governance/seat/sits.ts'
import { codeMapping } from './code-mapping.ts'
import { refuse } from './refusals.ts'
import { codeMapOf, targetsOf } from './targets.ts'

type Row = { kind: string; source_code: string; target: string | null; proposed_by: string; there: boolean }

/** Refuses NOT_YOUR_SEAT, OWN_MAPPING, CODE_TARGET_NEEDED and CODE_TARGET_GONE. */
export const approving = (kinds: Kinds): Command =>
  command(codeMapping.verbs.approve, T.object({}), async ({ tx, context, companyId, set, actor }) => {
    const rows =
      await tx.rows(sql<Row>`select m.kind, m.source_code, m.target, m.proposed_by, exists (select from ${targetsOf(kinds, companyId)} t where t.kind = m.kind and t.code = m.target and t.live) as there
      from rollout.code_mapping m join ${set} s on s.id = m.id where m.company_id = ${companyId} order by m.kind, m.source_code`)
    const seats = new Map<string, string>()
    for (const one of rows) {
      const about = { kind: one.kind, code: one.source_code }
      const rule = seatFor('data-owner', codeMapOf(one.kind).area)
      if (one.proposed_by === actor && context.principal.kind !== 'system')
        refuse('OWN_MAPPING', { ...about, name: rule.name })
      if (!seats.has(one.kind)) seats.set(one.kind, (await sits(tx, context, rule)).seat)
      if (one.target === null) refuse('CODE_TARGET_NEEDED', about)
      if (!one.there) refuse('CODE_TARGET_GONE', { ...about, target: one.target })
    }
    for (const [kind, seat] of seats)
      await tx.run(sql`update rollout.code_mapping m set approved_by = ${actor}, seat = ${seat}
        from ${set} s where m.company_id = ${companyId} and m.id = s.id and m.kind = ${kind}`)
  })
