// Writing a credit note without issuing it; what the matrix wants approved is asked for.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { writeInvoices } from '../invoice/write.ts'
import { refuse } from '../refusals.ts'
import { creditNote } from './credit-note.ts'
import { CreditInput, creditLines } from './lines.ts'
import { askApprovals } from './write.ts'

const DraftInput = T.object({
  id: T.optional(T.id()),
  invoice: T.idOf('receivables.invoice'),
  ...CreditInput.properties,
})

export const draft = creation(creditNote.verbs.draft, DraftInput, async (call) => {
  const invoices = [...new Set(call.input.map((one) => one.invoice))]
  const locked = await call.tx.rows(sql<{
    id: string
    kind: string
    number: string
  }>`select id, kind, number from receivables.invoice
    where company_id = ${call.companyId} and id = any(${invoices}::uuid[]) and state = 'issued' order by id for no key update`)
  const lost = invoices.find((id) => !locked.some((one) => one.id === id))
  if (lost) refuse('INVOICE_UNKNOWN', { id: lost })
  const wrong = locked.find((one) => one.kind === 'credit-note')
  if (wrong) refuse('CREDIT_OF_CREDIT', wrong)
  const { lines, corrects } = await creditLines(
    call,
    call.input.map((one, at) => ({ ...one, id: call.ids[at] ?? '' })),
  )
  await writeInvoices(call, 'credit-note', lines, corrects)
  await askApprovals(call, call.ids)
})
