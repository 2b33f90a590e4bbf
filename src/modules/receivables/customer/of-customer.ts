// Whose invoices and payments they are, for whoever makes one customer of two: where it is written, and what is open on them.
import { type Sql, sql } from '#kernel/db'
import type { Pointer } from '#kernel/repoint'

export const RECEIVABLES_POINTERS: readonly Pointer[] = [
  { table: 'receivables.invoice', column: 'customer_id' },
  { table: 'receivables.payment', column: 'customer_id' },
]

/** What is open on these invoices, and what is left of these credit notes and payments, in their currency. */
export const openOn = (
  companyId: number,
  documents: Sql<{ id: string }>,
): Sql<{ receivable: string; unapplied: string }> => sql`
  select coalesce(sum(d.open) filter (where d.kind = 'invoice'), 0) as receivable,
         coalesce(sum(d.open) filter (where d.kind <> 'invoice'), 0) as unapplied
    from (select id, kind, open from receivables.invoice where company_id = ${companyId} and state = 'issued'
          union all select id, 'payment', unapplied from receivables.payment where company_id = ${companyId}) d
   where d.id in (select id from ${documents} g)`
