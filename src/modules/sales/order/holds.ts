// Holds: placed with their reason and owner; a finding that was held before and changed since voids the old release.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Finding } from './assess.ts'

/** Hours in which the owner should decide, by kind; shown as due and escalated after. */
const DUE_HOURS = 24

/** Writes one open hold per order and kind; those that are open already get the present reason. */
export async function placeHolds(
  call: Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'actor'>,
  found: readonly Finding[],
): Promise<void> {
  await call.tx.run(sql`insert into sales.hold as h (company_id, id, order_id, kind, owner_role, reason, detail, fingerprint, raised_by, raised_at, due_at)
    select ${call.companyId}, gen_random_uuid(), f.order_id, f.kind, f.owner_role, f.reason, f.detail, f.fingerprint, ${call.actor}, ${call.now},
           ${call.now}::timestamptz + make_interval(hours => ${DUE_HOURS})
      from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as f (order_id uuid, kind text, owner_role text, reason text, detail jsonb, fingerprint text)
    on conflict (company_id, order_id, kind) where released_at is null and voided_at is null
      do update set reason = excluded.reason, detail = excluded.detail, fingerprint = excluded.fingerprint`)
}
