// Approving an adjustment: somebody else than the counter, in the order of the matrix (INV-12).
import { decide } from '#kernel/approvals'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { APPROVAL, adjustment } from './adjustment.ts'

type Open = { document_id: string; id: string; left: number; own: boolean }

export const approve = command(adjustment.verbs.approve, T.object({}), async (call) => {
  const states = new Map<string, string>()
  for (const one of await nextSteps(call)) {
    await decide(call.tx, call.context, one.id, 'approved')
    states.set(one.document_id, one.left > 1 ? 'waiting-approval' : 'approved')
  }
  return { states }
})

/** The next open step of each adjustment, one that the actor may take before others of the same rank. */
export async function nextSteps(call: Call<unknown>): Promise<Open[]> {
  const roles = call.context.principal.roles.map((held) => held.role)
  const open =
    await call.tx.rows(sql<Open>`select distinct on (h.id) h.id as document_id, a.id, count(*) over (partition by h.id)::int as left,
      ${call.actor}::uuid in (h.created_by, h.submitted_by) as own
    from inventory.adjustment h join ${call.set} s on s.id = h.id
    join kernel.approval a on a.company_id = h.company_id and a.document_id = h.id and a.kind = ${APPROVAL} and a.state = 'pending'
   where h.company_id = ${call.companyId} order by h.id, a.sequence, a.role = any(${roles}::text[]) desc, a.id`)
  const own = open.find((one) => one.own)
  if (own) refuse('COUNTER_APPROVES', { number: call.rows.find((row) => row.id === own.document_id)?.number })
  return open
}
