// What receivables does about events: whoever has paid what was overdue is free at once, and not only after the night's job.

import { sql } from '#kernel/db'
import type { Listener } from '#kernel/module'
import { refreshCreditHolds } from './customer/daily.ts'

const refresh: Listener = async ({ tx, context, event }) => {
  const found = await tx.first(sql<{
    customer_id: string
  }>`select customer_id from receivables.payment where company_id = ${event.companyId} and id = ${event.documentId}
    union all select customer_id from receivables.invoice where company_id = ${event.companyId} and id = ${event.documentId}`)
  if (found)
    await refreshCreditHolds(
      { tx, companyId: event.companyId, actor: context.principal.id, now: context.now, today: context.today },
      found.customer_id,
    )
}

/** Listeners by topic; each may run twice. */
export const on: Readonly<Record<string, Listener>> = {
  'receivables.payment.receive': refresh,
  'receivables.payment.apply': refresh,
  'receivables.payment.unapply': refresh,
  'receivables.payment.reverse': refresh,
  'receivables.credit-note.apply': refresh,
}
