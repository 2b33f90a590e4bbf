// Agreeing to a request: the owner of the role decides, the system gives, and never what nobody has waived.
import { insertGrant } from '#kernel/access'
import { refuseConflicts } from '#kernel/access/separation'
import { type Call, command } from '#kernel/command'
import { SYSTEM } from '#kernel/context'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { leaves } from '../account-leaf.ts'
import { lockPeople, type Person, requireDecider } from '../people.ts'
import { refuse } from '../refusals.ts'
import { refuseHeld } from './ask.ts'
import { type Open, openRequests } from './open-requests.ts'
import { request } from './request.ts'

/** A grant that stands on a waiver ends with the waiver, so `until` in the answer may be earlier than what was asked for. */
export const approve = command(request.verbs.approve, T.object({}), async (call) => {
  const { tx, context, companyId } = call
  const all = await openRequests(call)
  const people = await lockPeople(tx, companyId, [...new Set(all.map((one) => one.account))])
  const changes = new Map<string, unknown>()
  for (const one of all) {
    await requireDecider(tx, context, {
      role: one.approver,
      concerned: one.account,
      requestedBy: one.requestedBy,
      everywhere: one.everywhere,
    })
    changes.set(one.id, await give(call, one, people.get(one.account)))
  }
  return { changes, result: Object.fromEntries(changes) }
})

async function give(call: Call<unknown>, one: Open, person: Person | undefined) {
  const { tx, context, companyId, today, now, actor } = call
  if (one.endsOn < today) refuse('ACCESS_DAYS', { from: one.startsOn ?? today, until: one.endsOn, most: 400 })
  await refuseHeld(call, one, person?.name ?? '')
  const where = one.everywhere ? null : companyId
  const { account: accountId, role, startsOn, endsOn } = one
  const waived = await refuseConflicts(tx, { accountId, role, companyId: where, startsOn, endsOn, today })
  const until = waived.reduce((first, { waiver }) => (waiver && waiver.until < first ? waiver.until : first), endsOn)
  const grant = await insertGrant(tx, {
    accountId,
    role,
    companyId: where,
    warehouseId: one.warehouse,
    upTo: one.upTo,
    startsOn,
    endsOn: until,
    grantedBy: SYSTEM.id,
    reason: `${one.number}: ${one.reason}`,
  })
  await tx.run(sql`update rollout.access_request set state = 'granted', grant_id = ${grant}, granted_until = ${until}, clashes = ${JSON.stringify(waived)}::jsonb,
      decided_by = ${actor}, decided_at = ${now}, decision_reason = ${call.reason ?? null}
    where company_id = ${companyId} and id = ${one.id}`)
  const given = { grant, account: accountId, role, company: where, until }
  await leaves(tx, context, 'grant', `${one.number}: ${one.reason}`, [
    {
      account: accountId,
      state: person?.state ?? 'active',
      changes: { ...given, request: one.number, agreedBy: actor },
    },
  ])
  return given
}
