// Loading a file of conditions as one change: up to a hundred thousand at once, all or none, and one step back.
import { createHash } from 'node:crypto'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { ConditionInput } from '../condition/input.ts'
import { writeConditions } from '../condition/write.ts'
import { change } from './change.ts'

/** How many conditions one load may bring. */
const MOST = 100_000

export const LoadInput = T.object({
  id: T.optional(T.id()),
  conditions: T.list(ConditionInput, MOST),
  note: T.optional(T.text(500)),
})

export const load = creation(change.verbs.load, LoadInput, async (call) => {
  const { tx, companyId, ids, numbers, input, now, today, actor } = call
  const changes = new Map<string, unknown>()
  for (const [at, one] of input.entries()) {
    const id = ids[at] ?? ''
    await tx.run(sql`insert into pricing.change (company_id, id, number, kind, effective_on, note, conditions, state, created_by, created_at, updated_at)
      values (${companyId}, ${id}, ${numbers[at]}, 'load', ${today}, ${one.note ?? ''}, ${one.conditions.length}, 'applied', ${actor}, ${now}, ${now})`)
    const made = one.conditions.map((condition) => condition.id ?? newId())
    await writeConditions(call, made, one.conditions, id)
    await tx.run(sql`insert into pricing.change_line (company_id, change_id, new_id, new_amount)
      select company_id, change_id, id, amount from pricing.condition where company_id = ${companyId} and change_id = ${id}`)
    // The conditions themselves stand in their table; the history keeps how many there were and the hash of the file.
    const hash = createHash('sha256').update(JSON.stringify(one.conditions)).digest('hex')
    changes.set(id, { conditions: one.conditions.length, sha256: hash, note: one.note ?? '' })
  }
  return { changes, result: { conditions: input.reduce((sum, one) => sum + one.conditions.length, 0) } }
})
