// Releasing a price or a margin is agreeing to it: by whom the matrix names, never by who asked, void when it changes.
import { decide, isApproved } from '#kernel/approvals'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { APPROVAL_OF } from './holds.ts'
import { order } from './order.ts'
import { holdsToRelease, markReleased, type OpenHold, resume } from './resume.ts'

/**
 * Decides the step of the approval matrix that is due for each open price and margin hold. The order goes on when every
 * step is approved; until then it stays on hold for the next role. Where the matrix names nobody for so small a
 * difference, whoever may use this verb decides alone.
 */
export const releasePrice = command(order.verbs['release-price'], T.object({}), async (call) => {
  const holds = await holdsToRelease(call, ['price', 'margin'])
  const pending = await call.tx.rows(sql<{ id: string; document_id: string; kind: string; fingerprint: string }>`
    select distinct on (a.document_id, a.kind) a.id, a.document_id, a.kind, a.fingerprint from ${call.set} s
      join sales.v_pending_approval a on a.company_id = ${call.companyId} and a.document_id = s.id and a.state = 'pending'
     order by a.document_id, a.kind, a.sequence`)
  const released: string[] = []
  for (const hold of holds) if (await agreed(call, hold, pending)) released.push(hold.id)
  await markReleased(call, released)
  return { states: await resume(call, call.ids) }
})

async function agreed(
  call: Call<unknown>,
  hold: OpenHold,
  pending: readonly { id: string; document_id: string; kind: string; fingerprint: string }[],
): Promise<boolean> {
  const kind = APPROVAL_OF[hold.kind] ?? ''
  const due = pending.find(
    (one) => one.document_id === hold.order_id && one.kind === kind && one.fingerprint === hold.fingerprint,
  )
  if (!due) return true
  await decide(call.tx, call.context, due.id, 'approved')
  return isApproved(call.tx, call.context, kind, hold.order_id, hold.fingerprint)
}
