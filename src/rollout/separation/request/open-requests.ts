// Requests as they are decided: read with who asked and for whom, and held against the pairs as they are now.
import { type Clash, clashes } from '#kernel/access/clashes'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { stateOf, type Wanted } from './ask.ts'

/** A request that waits. */
export type Open = Wanted & { approver: string; reason: string; requestedBy: string }

/** The requests of a call, in the order of their ids. */
export const openRequests = ({ tx, companyId, set }: Call<unknown>): Promise<Open[]> =>
  tx.rows(sql<Open>`select r.id, r.number, r.account_id as account, r.role, r.everywhere, r.warehouse_id as warehouse, r.up_to::text as "upTo",
      r.starts_on as "startsOn", r.ends_on as "endsOn", r.approver, r.reason, r.requested_by as "requestedBy"
    from rollout.access_request r join ${set} s on s.id = r.id where r.company_id = ${companyId} order by r.id`)

/** What a request clashes with now. */
export const clashesOf = ({ tx, companyId, today }: Call<unknown>, one: Open): Promise<Clash[]> =>
  tx.rows(
    clashes({
      accountId: one.account,
      role: one.role,
      companyId: one.everywhere ? null : companyId,
      startsOn: one.startsOn,
      endsOn: one.endsOn,
      today,
    }),
  )

/** Looks at every request of the call again and keeps what was found. */
export async function rechecked(call: Call<unknown>): Promise<{ states: Map<string, string> }> {
  const { tx, companyId } = call
  const states = new Map<string, string>()
  for (const one of await openRequests(call)) {
    const found = await clashesOf(call, one)
    states.set(one.id, stateOf(found))
    await tx.run(
      sql`update rollout.access_request set clashes = ${JSON.stringify(found)}::jsonb where company_id = ${companyId} and id = ${one.id}`,
    )
  }
  return { states }
}
