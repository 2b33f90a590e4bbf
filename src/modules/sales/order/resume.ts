// After a hold was let go: look at the order again, and confirm it when nothing else stands in its way.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse } from '../refusals.ts'
import { commit } from './commit.ts'

/** Assesses held orders again, reserves by priority what they need, and returns where each is now. */
export const resume = (call: Call<unknown>, ids: readonly string[], reason = 'confirmed') =>
  commit(call, ids, { reason, resumed: true })

export type OpenHold = {
  id: string
  order_id: string
  number: string
  kind: string
  owner_role: string
  fingerprint: string
  from: string | null
  enterers: string[]
}

/**
 * The open holds of these kinds, with everybody who entered the order or asked for what is held: they must not let it
 * go (SEC-06). Refuses RELEASE_NEEDS_HOLD for an order without such a hold, REQUESTER_RELEASES for one's own.
 */
export async function holdsToRelease(call: Call<unknown>, kinds: readonly string[]): Promise<OpenHold[]> {
  const { companyId } = call
  const open =
    await call.tx.rows(sql<OpenHold>`select h.id, h.order_id, o.number, h.kind, h.owner_role, h.fingerprint, h.detail ->> 'from' as "from",
      array_remove(array[o.created_by::text, h.raised_by::text, o.confirmed_by::text]
        || coalesce((select array_agg(distinct l.price_by::text) from sales.order_line l where l.company_id = o.company_id and l.order_id = o.id), '{}'), null) as enterers
      from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
      join sales.hold h on h.company_id = o.company_id and h.order_id = o.id and h.released_at is null and h.voided_at is null
     where h.kind = any(${kinds}::text[]) order by o.id, h.kind for no key update of h`)
  for (const row of call.rows) {
    if (!open.some((one) => one.order_id === row.id))
      refuse('RELEASE_NEEDS_HOLD', { number: row.number, kind: kinds.join(' or '), id: row.id })
  }
  const own = open.find((one) => one.enterers.includes(call.actor))
  if (own) refuse('REQUESTER_RELEASES', { number: own.number, kind: own.kind })
  return open
}

/** Marks holds as released, with who, when and why. `terms` are for credit: up to what amount, until when. */
export async function markReleased(
  call: Call<unknown>,
  ids: readonly string[],
  terms: { upTo?: readonly string[]; until?: Date } = {},
): Promise<void> {
  if (ids.length === 0) return
  await call.tx.run(sql`update sales.hold h set released_by = ${call.actor}, released_at = ${call.now}, release_reason = ${call.reason ?? null},
        release_up_to = g.up_to, release_expires_at = ${terms.until ?? null}
    from unnest(${ids}::uuid[], ${terms.upTo ?? ids.map(() => null)}::numeric[]) as g (id, up_to) where h.company_id = ${call.companyId} and h.id = g.id`)
}
