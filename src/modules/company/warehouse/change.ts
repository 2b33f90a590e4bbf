// Changing a warehouse: its name, hours, steps and when it promises goods.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { codesToIds } from '../codes-to-ids.ts'
import { RESERVE_AT, warehouse } from './warehouse.ts'

/** What is not given stays. */
export const ChangeInput = T.object({
  name: T.optional(T.text(120)),
  branch: T.optional(T.ref('company.branch')),
  calendar: T.optional(T.ref('company.calendar')),
  outboundSteps: T.optional(T.integer(1, 3)),
  handlingDays: T.optional(T.integer(0, 60)),
  allowNegative: T.optional(T.boolean()),
  reserveAt: T.optional(T.choice(RESERVE_AT)),
})

export const change = command(warehouse.verbs.change, ChangeInput, async ({ tx, companyId, input, set }) => {
  const [[branch], [calendar]] = await Promise.all([
    codesToIds(tx, companyId, { table: 'company.branch', entity: 'branch', refs: [input.branch] }),
    codesToIds(tx, companyId, { table: 'company.calendar', entity: 'calendar', refs: [input.calendar] }),
  ])
  await tx.run(sql`update company.warehouse w set
      name = coalesce(${input.name ?? null}, w.name),
      branch_id = coalesce(${branch ?? null}::uuid, w.branch_id),
      calendar_id = coalesce(${calendar ?? null}::uuid, w.calendar_id),
      outbound_steps = coalesce(${input.outboundSteps ?? null}::int, w.outbound_steps),
      handling_days = coalesce(${input.handlingDays ?? null}::int, w.handling_days),
      allow_negative = coalesce(${input.allowNegative ?? null}::boolean, w.allow_negative),
      reserve_at = coalesce(${input.reserveAt ?? null}, w.reserve_at)
    from ${set} s where w.company_id = ${companyId} and w.id = s.id`)
})
