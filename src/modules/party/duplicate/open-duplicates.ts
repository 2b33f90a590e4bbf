// Nobody is let in while a steward has not said whether he is somebody we know.
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/** Refuses with DUPLICATE_OPEN when a case about one of the parties is undecided. */
export async function refuseOpenDuplicates(
  tx: Tx,
  companyId: number,
  party: string,
  set: Sql<{ id: string }>,
): Promise<void> {
  const open = await tx.first(sql<{
    code: string
  }>`select d.code from party.duplicate d join ${set} s on s.id = d.proposed_id
    where d.company_id = ${companyId} and d.state = 'open' limit 1`)
  if (open) {
    refuse('DUPLICATE_OPEN', { party, code: open.code })
  }
}
