// A prepaid invoice is settled on the day it is issued, from what the customer deposited for it.
import { sql } from '#kernel/db'
import { compareDecimals, subtractDecimals } from '#kernel/decimal'
import { newId } from '#kernel/ids'
import { type Settler, settle, type WantedApplication } from './settle.ts'

type Deposit = { id: string; customer_id: string; currency: string; order_id: string | null; free: string }
type Due = {
  id: string
  customer_id: string
  currency: string
  order_id: string | null
  prepaid: boolean
  open: string
}

/**
 * Applies deposits to these new invoices of the same customer and currency: those made for the invoice's order first,
 * then, where the customer pays in advance, those made for no order; the oldest first, as far as they go.
 */
export async function settleFromDeposits(call: Settler, invoiceIds: readonly string[]): Promise<void> {
  const { tx, companyId } = call
  const invoices =
    await tx.rows(sql<Due>`select i.id, i.customer_id, i.currency, i.order_id, c.prepaid, i.open::text from receivables.invoice i
    join party.v_customer c on c.company_id = i.company_id and c.id = i.customer_id
    where i.company_id = ${companyId} and i.id = any(${invoiceIds}::uuid[]) order by i.id`)
  const deposits =
    await tx.rows(sql<Deposit>`select p.id, p.customer_id, p.currency, p.order_id, p.unapplied::text as free from receivables.payment p
    where p.company_id = ${companyId} and p.kind = 'deposit' and p.unapplied > 0 and p.customer_id = any(${invoices.map((one) => one.customer_id)}::uuid[])
    order by p.id for no key update`)
  const wanted = share(invoices, [...deposits])
  if (wanted.length > 0) await settle(call, wanted, { invoices: 'drafts' })
}

/** Who settles what: pure, and in the order given. */
function share(invoices: readonly Due[], deposits: Deposit[]): WantedApplication[] {
  const wanted: WantedApplication[] = []
  for (const due of invoices) {
    const meant = deposits.filter((one) => one.customer_id === due.customer_id && one.currency === due.currency)
    const own = meant.filter((one) => one.order_id !== null && one.order_id === due.order_id)
    const general = due.prepaid ? meant.filter((one) => one.order_id === null) : []
    let open = due.open
    for (const deposit of [...own, ...general]) {
      const amount = compareDecimals(open, deposit.free) < 0 ? open : deposit.free
      if (compareDecimals(amount, '0') <= 0) continue
      wanted.push({
        id: newId(),
        payment_id: deposit.id,
        credit_id: null,
        invoice_id: due.id,
        amount,
        discount: null,
        write_off: null,
      })
      deposit.free = subtractDecimals(deposit.free, amount)
      open = subtractDecimals(open, amount)
    }
  }
  return wanted
}
