// Dropping a credit note that was never issued; it has no number, so none is missing.
import { voidApprovals } from '#kernel/approvals'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { creditNote } from './credit-note.ts'

export const cancel = command(creditNote.verbs.cancel, T.object({}), async (call) => {
  await call.tx.run(
    sql`update receivables.invoice i set open = 0, base_open = 0 from ${call.set} s where i.company_id = ${call.companyId} and i.id = s.id`,
  )
  await voidApprovals(call.tx, call.context, call.ids, 'credit-note')
})
