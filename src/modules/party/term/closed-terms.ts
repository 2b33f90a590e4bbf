// A closed payment term is kept for those who have it and given to nobody new.
import { name, type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** Refuses with TERM_CLOSED when one of the customers or suppliers in `set` was just given a closed term. */
export async function refuseClosedTerms(
  tx: Tx,
  companyId: number,
  table: 'party.customer' | 'party.supplier',
  set: Sql<{ id: string }>,
): Promise<void> {
  const closed = await tx.first(sql<{ code: string; term: string }>`select c.code, c.term from ${name(table)} c
    join ${set} s on s.id = c.id
    join party.term t on t.company_id = c.company_id and t.code = c.term
   where c.company_id = ${companyId} and t.state = 'closed' limit 1`)
  if (closed) {
    refuse('TERM_CLOSED', closed)
  }
}
