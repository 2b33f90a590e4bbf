// Extensions as they are decided on: read with who proposed them and what their challenge came to.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Part } from './checklist.ts'
import { refuse } from './refusals.ts'

export type Open = {
  readonly id: string
  readonly code: string
  readonly state: string
  readonly site_id: string | null
  readonly proposed_by: string
  readonly challenge: readonly Part[] | null
}

/** The extensions of a call, in the order of their codes. */
export const opened = ({ tx, companyId, set }: Call<unknown>): Promise<Open[]> =>
  tx.rows(sql<Open>`select x.id, x.code, x.state, x.site_id, x.proposed_by, x.challenge
    from rollout.extension x join ${set} s on s.id = x.id where x.company_id = ${companyId} order by x.code`)

/** As `opened`, after seeing that none of them was proposed by who acts now. Refuses OWN_EXTENSION. */
export async function openedByAnother(call: Call<unknown>, verb: string): Promise<readonly Open[]> {
  const all = await opened(call)
  const own = all.find((one) => one.proposed_by === call.actor)
  if (own && call.context.principal.kind !== 'system') refuse('OWN_EXTENSION', { code: own.code, verb })
  return all
}
