// Taking a change back in one step: what it made is withdrawn, what it ended or replaced is as it was.
import { command } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { change } from './change.ts'
import { inBulk } from './in-bulk.ts'

/** Refuses CHANGE_OVERTAKEN when somebody changed one of the conditions since. */
export const rollBack = command(change.verbs['roll-back'], T.object({}), async (call) => {
  const { tx, companyId, now, set } = call
  const lines = sql<ChangeLine>`
    select l.*, h.effective_on from pricing.change_line l join ${set} s on s.id = l.change_id
      join pricing.change h on h.company_id = l.company_id and h.id = l.change_id where l.company_id = ${companyId}`
  await inBulk(tx, async () => {
    await tx.run(sql`select c.id from pricing.condition c
      where c.company_id = ${companyId} and c.id in (select unnest(array[l.new_id, l.old_id]) from ${lines} l)
      order by c.id for no key update`)
    const overtaken = await tx.first(sql<{ number: string; condition: string }>`
      select h.number, c.number as condition from ${untouched(lines)} t
        join pricing.condition c on c.company_id = ${companyId} and c.id = t.id
        join pricing.change h on h.company_id = ${companyId} and h.id = t.change_id
       where c.state <> t.state or c.amount <> t.amount or c.valid <> coalesce(t.valid, c.valid) limit 1`)
    if (overtaken) refuse('CHANGE_OVERTAKEN', overtaken)
    await tx.run(sql`update pricing.condition c set state = 'withdrawn', version = c.version + 1, updated_at = ${now}
      from ${lines} l where c.company_id = ${companyId} and c.id = l.new_id`)
    // What the change made filled exactly the days that it took, so the old prices meet nothing when they come back.
    await tx.run(sql`update pricing.condition c set valid = l.old_valid, state = l.old_state, version = c.version + 1, updated_at = ${now}
      from ${lines} l where c.company_id = ${companyId} and c.id = l.old_id`)
  })
})

type ChangeLine = {
  change_id: string
  new_id: string
  old_id: string | null
  old_valid: string
  old_state: string
  new_amount: string
  effective_on: string
}

/** How the change left each condition: what it made, and what it cut short or replaced. A load may have been ended since. */
const untouched = (lines: Sql<ChangeLine>) => sql`
  select l.change_id, l.new_id as id, 'active' as state, l.new_amount as amount, l.old_valid * daterange(l.effective_on, null) as valid from ${lines} l
  union all
  select l.change_id, l.old_id, case when l.old_valid @> (l.effective_on - 1) then 'active' else 'withdrawn' end, l.old_amount,
      case when l.old_valid @> (l.effective_on - 1) then l.old_valid * daterange(null, l.effective_on) else l.old_valid end
    from ${lines} l where l.old_id is not null`
