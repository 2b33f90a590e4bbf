// Asking for a deviation again before or after its last day: a new request that names the old one, for somebody to decide afresh.
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { deviation } from './deviation.ts'
import { refuse } from './refusals.ts'
import { grounds, insertDeviation, type Wanted } from './request.ts'

/** `of` is the old one's number or id; what is not given is as it was. */
export const RenewInput = T.object({
  id: T.optional(T.id()),
  of: T.ref('rollout.deviation'),
  expiresOn: grounds.expiresOn,
  reason: grounds.reason,
  risk: T.optional(grounds.risk),
  owner: T.optional(grounds.owner),
  compensatingControl: T.optional(grounds.compensatingControl),
})

type Old = Omit<Wanted, 'renews' | 'expiresOn'> & { state: string }

export const renew = creation(deviation.verbs.renew, RenewInput, async (call) => {
  for (const [at, one] of call.input.entries()) {
    const old =
      await call.tx.first(sql<Old>`select id, number, state, site_id as "siteId", kind, object_key as "objectKey", field, value, scope, reason, risk, owner,
        compensating_control as "compensatingControl" from rollout.deviation where company_id = ${call.companyId} and (number = ${one.of} or id::text = ${one.of})`)
    if (!old) return refuse('DEVIATION_UNKNOWN', { number: one.of })
    if (old.state !== 'approved') refuse('DEVIATION_NOT_RENEWED', { number: old.number, state: old.state })
    await insertDeviation(call, {
      ...old,
      id: call.ids[at] ?? '',
      number: call.numbers[at] ?? '',
      reason: one.reason,
      risk: one.risk ?? old.risk,
      owner: one.owner ?? old.owner,
      compensatingControl: one.compensatingControl ?? old.compensatingControl,
      expiresOn: one.expiresOn,
      renews: old.id,
    })
  }
})
