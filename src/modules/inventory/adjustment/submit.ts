// Submitting an adjustment asks for the approvals that its value and its difference need; small ones need none.
import { requestApproval } from '#kernel/approvals'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { APPROVAL, adjustment } from './adjustment.ts'
import { assess } from './assess.ts'

export const submit = command(adjustment.verbs.submit, T.object({}), async (call) => {
  const assessed = await assess(call)
  await call.tx.run(
    sql`update inventory.adjustment h set submitted_by = ${call.actor} from ${call.set} s where h.company_id = ${call.companyId} and h.id = s.id`,
  )
  for (const one of assessed) {
    if (one.asked === null) continue
    await requestApproval(call.tx, call.context, {
      kind: APPROVAL,
      document: adjustment.name,
      documentId: one.id,
      fingerprint: one.fingerprint,
      amount: one.asked,
      detail: { value: one.value },
      requestedBy: one.created_by,
    })
  }
  return { states: new Map(assessed.map((one) => [one.id, one.asked === null ? 'approved' : 'waiting-approval'])) }
})
