// Reopening takes a closed or cancelled order up again; credit, prices and address are looked at anew (CRD-03).
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { commit } from './commit.ts'
import { order } from './order.ts'
import { changesOf, snapshot } from './snapshot.ts'
import { retotal } from './totals.ts'

/** What was cancelled is wanted again. A closed order is committed like a new one, or held; a cancelled one is a draft. */
export const reopen = command(order.verbs.reopen, T.object({}), async (call) => {
  const { tx, companyId } = call
  const before = await snapshot(call, call.set)
  const drafts = call.rows.filter((row) => row.state === 'cancelled').map((row) => row.id)
  await Promise.all([
    tx.run(
      sql`update sales.order_line l set cancelled = 0 from ${call.set} s where l.company_id = ${companyId} and l.order_id = s.id and l.cancelled > 0`,
    ),
    tx.run(sql`update sales.orders o set closed_reason = null, confirmed_at = case when o.state = 'closed' then o.confirmed_at end,
        confirmed_by = case when o.state = 'closed' then o.confirmed_by end from ${call.set} s where o.company_id = ${companyId} and o.id = s.id`),
    retotal(call, call.ids),
  ])
  const closed = call.rows.filter((row) => row.state === 'closed').map((row) => row.id)
  const states = new Map(drafts.map((id) => [id, 'draft']))
  if (closed.length > 0)
    for (const [id, state] of await commit(call, closed, { reason: 'reopened', resumed: true })) states.set(id, state)
  return { states, changes: changesOf(before, await snapshot(call, call.set)) }
})
