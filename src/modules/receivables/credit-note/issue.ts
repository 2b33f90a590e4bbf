// Issuing a credit note that was written before, and approved where the matrix asks for it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { creditNote } from './credit-note.ts'
import { issueCredits } from './write.ts'

/** Refuses CREDIT_OF_RETURN: that of a return is issued by crediting the return, which then knows that it is done. */
export const issue = command(creditNote.verbs.issue, T.object({}), async (call) => {
  const returned = await call.tx.first(sql<{ reason: string }>`select i.reason from ${call.set} s
      join receivables.invoice i on i.company_id = ${call.companyId} and i.id = s.id where i.rma_id is not null limit 1`)
  if (returned) refuse('CREDIT_OF_RETURN', returned)
  return { result: { numbers: await issueCredits(call, call.ids) } }
})
