// Three people bring a partner in: who asks, who reviews the credit, and the steward who approves (MDM-02).
import type { Call } from '#kernel/command'
import { name, sql } from '#kernel/db'
import { refuse } from './refusals.ts'

type Work = { table: 'party.customer' | 'party.supplier'; verb: string }

/** Refuses with OTHER_PERSON_NEEDED when the actor has had a hand in one of the documents. The program itself may. */
export async function refuseOwnWork(
  { tx, context, companyId, actor, set }: Call<unknown>,
  { table, verb }: Work,
): Promise<void> {
  if (context.principal.kind === 'system') {
    return
  }
  const reviewed = table === 'party.customer' ? sql`c.credit_reviewed_by` : sql`null::uuid`
  const own = await tx.first(sql<{ code: string; earlier: string }>`
    select c.code, case when c.requested_by = ${actor} then 'asked for' else 'reviewed the credit of' end as earlier
      from ${name(table)} c join ${set} s on s.id = c.id
     where c.company_id = ${companyId} and ${actor} in (c.requested_by, ${reviewed}) limit 1`)
  if (own) {
    refuse('OTHER_PERSON_NEEDED', { ...own, verb })
  }
}
