// Preparing: asks for the approval of an entry by hand. The content goes along; whoever posts it later posts exactly that.
import { requestApproval, stepsFor } from '#kernel/approvals'
import { creation } from '#kernel/command'
import { refuse } from '../refusals.ts'
import { entry } from './entry.ts'
import { amountOf, checkJournals, fingerprintOf, JournalInput } from './journal.ts'

export const draft = creation(entry.verbs.draft, JournalInput, async (call) => {
  const { tx, companyId, ids, input, today } = call
  await checkJournals(call, input)
  for (const [at, one] of input.entries()) {
    const amount = amountOf(one)
    const date = one.date ?? today
    if ((await stepsFor(tx, companyId, 'journal', amount)).length === 0) refuse('NO_APPROVAL_ASKED', { amount })
    await requestApproval(tx, call.context, {
      kind: 'journal',
      document: entry.name,
      documentId: ids[at] ?? '',
      fingerprint: fingerprintOf(one, date),
      amount,
      detail: { ...one, id: ids[at], date },
    })
  }
})
