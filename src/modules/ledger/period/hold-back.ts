// Taking a period for oneself: waits for every posting that is on its way into it, and lets no new one begin.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { periodKey } from '../post.ts'

/**
 * Postings share the advisory key of their period; taking it alone queues fairly behind those under way, so a busy
 * month cannot keep its own lock waiting. The rows are then locked FOR UPDATE against the postings' foreign keys, which
 * is what makes the guard trigger on entries exact: whoever comes later reads the new state.
 */
export async function holdBack(call: Pick<Call<unknown>, 'tx' | 'companyId' | 'set'>): Promise<void> {
  await call.tx.run(
    sql`select pg_advisory_xact_lock(${periodKey(sql`s.id`)}) from (select id from ${call.set} t order by id) s`,
  )
  await call.tx.run(
    sql`select p.id from ledger.period p join ${call.set} s on s.id = p.id where p.company_id = ${call.companyId} order by p.id for update of p`,
  )
}
