// The credit note for goods that came back: at the price, tax and rate of the invoice they were on.
import { requireApproval, voidApprovals } from '#kernel/approvals'
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { type InvoiceLine, writeInvoices } from '../invoice/write.ts'
import { creditNote } from './credit-note.ts'
import { askApprovals, issueCredits } from './write.ts'

/** One return to credit: its lines (net of a fee line is negative), what they correct, and at which rate. */
export type Returned = {
  rma_id: string
  corrects_id: string | null
  rate: string | null
  reason: string
  lines: readonly Omit<InvoiceLine, 'invoice_id' | 'cost'>[]
}

type Creditor = Omit<Call<unknown>, 'input' | 'ids' | 'set' | 'rows' | 'numbers'>

/** A credit note of a return: without a number it waits for whoever must approve it. */
export type CreditOfReturn = { rma_id: string; id: string; number: string | null }

/**
 * Writes one credit note for each return. What the matrix wants approved (kind credit-note) stays a draft until it is;
 * the rest is issued: it settles the invoice that it corrects as far as that is open, and takes the quantities back on
 * the order. A draft written before is issued when it is approved and still says the same; else it is dropped with what
 * was approved, and asked anew. Refuses APPROVAL_NEEDED while a draft that says the same waits.
 * Returns the credit notes in the order given.
 */
export async function creditReturns(call: Creditor, returned: readonly Returned[]): Promise<readonly CreditOfReturn[]> {
  if (returned.length === 0) return []
  const { same, outdated } = await drafts(call, returned)
  await requireApproval(call.tx, call.context, 'credit-note', creditNote, same)
  await drop(call, outdated)
  const fresh = await write(
    call,
    returned.filter((one) => !same.some((known) => known.rma_id === one.rma_id)),
  )
  const free = await askApprovals(
    call,
    fresh.map((one) => one.id),
  )
  const issued = [...same.map((one) => one.id), ...free]
  const numbers = await issueCredits(call, issued)
  return returned.map(({ rma_id }) => {
    const id = [...same, ...fresh].find((one) => one.rma_id === rma_id)?.id ?? ''
    return { rma_id, id, number: numbers[issued.indexOf(id)] ?? null }
  })
}

async function write(
  call: Creditor,
  returned: readonly Returned[],
): Promise<readonly { rma_id: string; id: string }[]> {
  if (returned.length === 0) return []
  const notes = returned.map((one) => ({ ...one, id: newId() }))
  const lines = notes.flatMap((one) => one.lines.map((line) => ({ ...line, invoice_id: one.id, cost: '0' })))
  await writeInvoices(
    call,
    'credit-note',
    lines,
    notes.map(({ id, rma_id, corrects_id, rate, reason }) => ({
      id,
      rma_id,
      corrects_id,
      rate,
      reason,
      reinvoice: false,
    })),
  )
  return notes
}

type Draft = { id: string; rma_id: string; number: string; amount: string; version: number; same: boolean }

/** The drafts of these returns, locked in id order, and whether each says what would be written now. */
async function drafts(call: Creditor, returned: readonly Returned[]) {
  const { companyId } = call
  const given = relation(
    { rma_id: 'uuid', rma_line_id: 'uuid', quantity: 'numeric', net: 'numeric', tax_code: 'text' },
    returned.flatMap(({ rma_id, lines }) =>
      lines.map(({ rma_line_id, quantity, net, tax_code }) => ({ rma_id, rma_line_id, quantity, net, tax_code })),
    ),
  )
  const found = await call.tx.rows(sql<Draft>`with draft as materialized (
      select id, rma_id, reason, base_total, version from receivables.invoice
       where company_id = ${companyId} and kind = 'credit-note' and state = 'draft' and rma_id = any(${returned.map((one) => one.rma_id)}::uuid[]) order by id for no key update
    ), now as materialized (select * from ${given} g),
    written as materialized (
      select d.rma_id, n.rma_line_id, n.quantity, n.net, n.tax_code from draft d
        join receivables.invoice_line n on n.company_id = ${companyId} and n.invoice_id = d.id
    ), changed as (
      (select rma_id, rma_line_id, quantity, net, tax_code from now except all table written)
      union all (table written except all select rma_id, rma_line_id, quantity, net, tax_code from now)
    )
    select d.id, d.rma_id, 'for ' || d.reason as number, d.base_total::text as amount, d.version,
           d.rma_id not in (select rma_id from changed) as same from draft d order by d.id`)
  return { same: found.filter((one) => one.same), outdated: found.filter((one) => !one.same) }
}

/** What was approved for a draft that says something else now is void, and the draft with it. */
async function drop(call: Creditor, outdated: readonly Draft[]): Promise<void> {
  if (outdated.length === 0) return
  const ids = outdated.map((one) => one.id)
  await call.tx.run(
    sql`update receivables.invoice set open = 0, base_open = 0 where company_id = ${call.companyId} and id = any(${ids}::uuid[])`,
  )
  await voidApprovals(call.tx, call.context, ids, 'credit-note')
  await audit(
    call.tx,
    call.context,
    creditNote.verbs.cancel,
    ids.map((id) => ({ id, from: 'draft', to: 'cancelled', changes: { why: 'the return was changed' }, input: {} })),
  )
}
