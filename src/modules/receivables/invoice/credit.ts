// Crediting an invoice: a credit note is written at once and issued at once, or waits for whoever must approve it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { CreditInput, creditLines } from '../credit-note/lines.ts'
import { askApprovals, issueCredits } from '../credit-note/write.ts'
import { refuse } from '../refusals.ts'
import { invoice } from './invoice.ts'
import { writeInvoices } from './write.ts'

export const credit = command(invoice.verbs.credit, CreditInput, async (call) => {
  // A credit note lives in the same table, and is credited by nobody.
  const wrong = await call.tx.first(sql<{ number: string }>`select number from receivables.invoice
    where company_id = ${call.companyId} and id = any(${call.ids}::uuid[]) and kind = 'credit-note' limit 1`)
  if (wrong) refuse('CREDIT_OF_CREDIT', wrong)
  const wanted = call.ids.map((id) => ({ ...call.input, id: newId(), invoice: id }))
  const { lines, corrects } = await creditLines(call, wanted)
  await writeInvoices(call, 'credit-note', lines, corrects)
  const drafts = wanted.map((one) => one.id)
  const free = await askApprovals(call, drafts)
  const numbers = await issueCredits(call, free)
  return { result: { creditNotes: drafts, issued: free, numbers } }
})
