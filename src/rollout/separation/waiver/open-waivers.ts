// Waivers as they are decided: read with their owner, who asked and for whom.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { requireDecider } from '../people.ts'

export type OpenWaiver = {
  id: string
  number: string
  separation: string
  account: string
  owner: string
  requestedBy: string
  expiresOn: string
  state: string
  reason: string
}

/** The waivers of a call, in the order of their ids. */
export const waiversOf = ({ tx, companyId, set }: Call<unknown>): Promise<OpenWaiver[]> =>
  tx.rows(sql<OpenWaiver>`select w.id, w.number, w.separation, w.account_id as account, w.owner, w.requested_by as "requestedBy",
      w.expires_on as "expiresOn", w.state, w.reason
    from rollout.access_waiver w join ${set} s on s.id = w.id where w.company_id = ${companyId} order by w.id`)

/** The waivers of a call, after seeing that the actor owns their rules, asked for none and profits from none. */
export async function decidedWaivers(call: Call<unknown>): Promise<readonly OpenWaiver[]> {
  const all = await waiversOf(call)
  for (const { owner: role, account: concerned, requestedBy } of all) {
    await requireDecider(call.tx, call.context, { role, concerned, requestedBy, everywhere: false })
  }
  return all
}
