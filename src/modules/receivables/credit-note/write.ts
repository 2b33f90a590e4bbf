// Credit notes written and issued: books, exposure, order and number together, and the invoice settled with them at once.
import { changeExposure } from '#credit'
import { requestApproval, stepsFor } from '#kernel/approvals'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { issueNumbers } from '#kernel/numbering'
import { recordCredited } from '#sales'
import { postInvoices } from '../invoice/post.ts'
import { settle } from '../payment/settle.ts'
import { CREDIT_NUMBER, formatOf, numberFormat } from '../settings.ts'
import { creditNote } from './credit-note.ts'

type Issuer = Omit<Call<unknown>, 'input' | 'ids' | 'set' | 'rows' | 'numbers'>

/**
 * Of these drafts, asks the approvals that the matrix wants (kind credit-note, by total in the company's currency).
 * Returns those that need none and may be issued at once.
 */
export async function askApprovals(call: Issuer, ids: readonly string[]): Promise<readonly string[]> {
  const drafts = await call.tx.rows(sql<{
    id: string
    amount: string
    reason: string
    version: number
  }>`select id, base_total::text as amount, reason, version from receivables.invoice
    where company_id = ${call.companyId} and id = any(${ids}::uuid[]) order by id`)
  const free: string[] = []
  for (const one of drafts) {
    if ((await stepsFor(call.tx, call.companyId, 'credit-note', one.amount)).length === 0) free.push(one.id)
    else
      await requestApproval(call.tx, call.context, {
        kind: 'credit-note',
        document: creditNote.name,
        documentId: one.id,
        fingerprint: String(one.version),
        amount: one.amount,
        detail: { reason: one.reason },
      })
  }
  return free
}

/**
 * Issues drafts, dated today: takes the quantities back on the order (or opens them for invoicing again), posts,
 * settles the invoice that each corrects as far as that is open, and numbers them last. The rest of a credit note stays
 * on account until it is applied. Returns the numbers in the order of the ids.
 */
export async function issueCredits(call: Issuer, ids: readonly string[]): Promise<readonly string[]> {
  const { tx, companyId, today } = call
  if (ids.length === 0) return []
  const corrected = await lockCorrected(call, ids)
  const dated = await tx.rows(sql<{ format: string | null; pieces: string }>`with dated as (
      update receivables.invoice i set issued_on = ${today}::date, due_on = ${today}::date where i.company_id = ${companyId} and i.id = any(${ids}::uuid[])
    )
    select ${formatOf('receivables.credit-note')} as format, (select count(*) from ${piecesOf(companyId, ids)} p)::text as pieces from company.v_company b where b.id = ${companyId}`)
  if (dated[0]?.pieces !== '0') await recordCredited(call, piecesOf(companyId, ids))
  await changeExposure(
    tx,
    companyId,
    sql`select customer_id, 0 as open_orders, 0 as unbilled, 0 as receivable, total as unapplied
    from receivables.invoice where company_id = ${companyId} and id = any(${ids}::uuid[])`,
  )
  await postInvoices(call, ids)
  if (corrected.length > 0) {
    await settle(
      call,
      corrected.map((one) => ({
        id: newId(),
        payment_id: null,
        credit_id: one.id,
        invoice_id: one.invoice_id,
        amount: null,
        discount: null,
        write_off: null,
      })),
      { invoices: 'drafts' },
    )
  }
  const format = numberFormat(dated[0]?.format, CREDIT_NUMBER)
  return await issueNumbers(tx, { companyId, format, day: today, table: 'receivables.invoice', ids, state: 'issued' })
}

/** The open invoices that these credit notes correct, locked in id order; one credit note for each. */
async function lockCorrected(call: Issuer, ids: readonly string[]): Promise<{ id: string; invoice_id: string }[]> {
  const { companyId } = call
  return await call.tx.rows(sql<{ id: string; invoice_id: string }>`with corrected as materialized (
      select distinct on (corrects_id) corrects_id as invoice_id, id from receivables.invoice
       where company_id = ${companyId} and id = any(${ids}::uuid[]) and corrects_id is not null and total > 0 order by corrects_id, id
    ), locked as materialized (
      select i.id, i.open from receivables.invoice i where i.company_id = ${companyId} and i.id = any((select array_agg(invoice_id) from corrected)::uuid[]) order by i.id for no key update
    )
    select c.id, c.invoice_id from corrected c join locked l on l.id = c.invoice_id where l.open > 0 order by c.id`)
}

/** What the order must know: quantities that are credited. A claim of money leaves them as they are. */
const piecesOf = (companyId: number, ids: readonly string[]) => sql<{
  order_line_id: string
  quantity: string
  reinvoice: boolean
}>`
  select n.order_line_id, n.quantity, i.reinvoice from receivables.invoice i join receivables.invoice_line n on n.company_id = i.company_id and n.invoice_id = i.id
   where i.company_id = ${companyId} and i.id = any(${ids}::uuid[]) and n.order_line_id is not null and not n.money_only`
