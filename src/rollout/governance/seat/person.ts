// Finds the account of a person who is named by e-mail address or id.
import { sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** The account of an active person. Refuses PERSON_UNKNOWN. */
export async function personOf(tx: Tx, ref: string, today: string): Promise<{ id: string; name: string }> {
  const found = await tx.first(sql<{ id: string; name: string }>`select id, name from access.account
    where (email = lower(${ref}) or id::text = ${ref}) and kind = 'person' and disabled_at is null and (ends_on is null or ends_on >= ${today}::date)`)
  return found ?? refuse('PERSON_UNKNOWN', { person: ref })
}
