// Ending a waiver before its day or on it: what was given by request on the strength of it ends as well, or the pair would stand open.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { leaves } from '../account-leaf.ts'
import { type OpenWaiver, waiversOf } from './open-waivers.ts'
import { waiver } from './waiver.ts'

/** The answer names the grants that ended with it. */
export const end = command(waiver.verbs.end, T.object({}), async (call) => {
  const { tx, set } = call
  const all = await waiversOf(call)
  await tx.run(sql`update access.separation_waiver w set expires_on = least(w.expires_on, ${call.today}::date - 1)
    from ${set} s where w.id = s.id`)
  const changes = new Map<string, unknown>()
  for (const one of all) if (one.state === 'agreed') changes.set(one.id, { grants: await endGrants(call, one) })
  return { changes, result: Object.fromEntries(changes) }
})

type Ended = { grant: string; account: string; state: string; role: string; request: string }

/** Ends the grants of requests whose clashes this waiver covered, unless another one still does. */
async function endGrants(
  { tx, context, companyId, today }: Call<unknown>,
  one: OpenWaiver,
): Promise<readonly string[]> {
  const ended = await tx.rows(sql<Ended>`
    update access.role_grant g set ends_on = ${today}::date - 1
      from rollout.access_request r join access.account a on a.id = r.account_id
     where r.company_id = ${companyId} and r.account_id = ${one.account} and r.state = 'granted' and r.grant_id = g.id
       and (g.ends_on is null or g.ends_on >= ${today}::date)
       and r.clashes @> jsonb_build_array(jsonb_build_object('separation', ${one.separation}::text, 'waived', true))
       and not exists (select from access.separation_waiver w where w.account_id = g.account_id and w.separation_id = ${one.separation}
             and w.expires_on >= ${today}::date and (w.holds_in is null or w.holds_in = ${companyId}))
    returning g.id as grant, g.account_id as account, case when a.disabled_at is null then 'active' else 'disabled' end as state, g.role, r.number as request`)
  const changed = ended.map(({ account, state, ...rest }) => ({
    account,
    state,
    changes: { ...rest, waiver: one.number },
  }))
  await leaves(tx, context, 'revoke', `Waiver ${one.number} ended`, changed)
  return ended.map((row) => row.grant)
}
