// Posting an entry by hand: balanced, on open accounts that no sub-ledger keeps, approved by somebody else where the matrix says so.
import { isApproved, stepsFor } from '#kernel/approvals'
import { type Call, creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { post as postEntries } from '../post.ts'
import { refuse } from '../refusals.ts'
import { entry } from './entry.ts'
import { amountOf, checkJournals, fingerprintOf, type Journal, JournalInput, linesOf } from './journal.ts'

export const post = creation(entry.verbs.post, JournalInput, async (call) => {
  await checkJournals(call, call.input)
  const journals = call.input.map((one, at) => ({ ...one, id: call.ids[at] ?? '', date: one.date ?? call.today }))
  for (const one of journals) await requireApprovalOf(call, one)
  try {
    for (const date of [...new Set(journals.map((one) => one.date))].sort()) {
      await postOn(
        call,
        date,
        journals.filter((one) => one.date === date),
      )
    }
  } catch (error) {
    if (errorCode(error) === '23505') refuse('ENTRY_POSTED', { id: call.ids.join(', ') })
    throw error
  }
})

type Dated = Journal & { id: string; date: string }

async function requireApprovalOf(call: Call<unknown>, one: Dated): Promise<void> {
  const steps = await stepsFor(call.tx, call.companyId, 'journal', amountOf(one))
  if (steps.length === 0) return
  if (await isApproved(call.tx, call.context, 'journal', one.id, fingerprintOf(one, one.date))) return
  refuseKernel('APPROVAL_NEEDED', { document: entry.label, number: one.id, kind: 'journal', id: one.id })
}

async function postOn(call: Call<unknown>, date: string, journals: readonly Dated[]): Promise<void> {
  const ids = journals.map((one) => one.id)
  await postEntries(call, {
    date,
    count: journals.length,
    entries: sql`select id as entry_id, 'GEN' as journal, 'posted' as event, 'ledger.entry' as source, id as source_id, description
      from unnest(${ids}::uuid[], ${journals.map((one) => one.description)}::text[]) as e (id, description)`,
    lines: sql`select (${ids}::uuid[])[l.entry + 1] as entry_id, null::text as role, l.account, l.party_id, null::uuid as item_id, l.warehouse_id,
        coalesce(l.debit, 0) as debit, coalesce(l.credit, 0) as credit, b.currency, coalesce(l.debit, 0) - coalesce(l.credit, 0) as amount_currency
      from ${linesOf(journals)} l join company.v_company b on b.id = ${call.companyId}`,
  })
}
