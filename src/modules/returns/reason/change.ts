// Changing a reason; returns that are authorised already keep the fee of the day on which they are credited.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { ReasonInput } from './create.ts'
import { reason } from './reason.ts'

const { name, windowDays, restockingPercent, disposition } = ReasonInput.properties

export const change = command(
  reason.verbs.change,
  T.object({ name: T.optional(name), windowDays, restockingPercent, disposition }),
  async (call) => {
    const { input } = call
    await call.tx.run(sql`update returns.reason r set name = coalesce(${input.name ?? null}, r.name), window_days = coalesce(${input.windowDays ?? null}::int, r.window_days),
      restocking_percent = coalesce(${input.restockingPercent ?? null}::numeric, r.restocking_percent), disposition = coalesce(${input.disposition ?? null}, r.disposition)
    from ${call.set} s where r.company_id = ${call.companyId} and r.id = s.id`)
  },
)
