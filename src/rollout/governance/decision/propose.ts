// Putting a matter on the decision log, for the seat that has the right to decide it.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { addDays } from '#kernel/dates'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { rightFor, seatFor } from '../policy.ts'
import { sitesOf } from '../site.ts'
import { decision } from './decision.ts'

/** `kind` is one of the decision rights; `area` names the process or the domain of data where a family of seats decides; `affects` are site codes. */
export const ProposeInput = T.object({
  id: T.optional(T.id()),
  site: T.optional(T.ref('rollout.site')),
  kind: T.code(),
  area: T.optional(T.code()),
  title: T.text(160),
  context: T.text(4000),
  options: T.optional(Type.Array(T.text(500), { maxItems: 20 })),
  affects: T.optional(Type.Array(T.code(), { maxItems: 500 })),
})

export const propose = creation(decision.verbs.propose, ProposeInput, async (call) => {
  const { tx, companyId, ids, input, numbers, now, today, actor } = call
  const sites = await sitesOf(
    tx,
    companyId,
    input.map((one) => one.site),
  )
  for (const [at, one] of input.entries()) {
    const right = rightFor(one.kind)
    seatFor(right.decides, one.area)
    await tx.run(sql`insert into rollout.decision (company_id, id, number, state, site_id, kind, area, title, context, options, affects, due_on, proposed_by, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, 'open', ${sites[at]?.id ?? null}, ${one.kind}, ${one.area ?? null}, ${one.title}, ${one.context},
        ${JSON.stringify(one.options ?? [])}::jsonb, ${JSON.stringify(one.affects ?? [])}::jsonb, ${addDays(today, right['answer-days'])}, ${actor}, ${now}, ${now})`)
  }
})
