// Holds: placed with their reason, owner and due time; what no longer applies is voided, and says so.
import { recordDecision } from '#credit'
import { isApproved, requestApproval, stepsFor } from '#kernel/approvals'
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Finding } from './assess.ts'

/** Hours in which the owner should decide, and who hears of it after; company setting hold_hours says otherwise, by kind. */
export const HOLD_RULES: Readonly<Record<string, { hours: number; escalateTo: string }>> = {
  credit: { hours: 8, escalateTo: 'finance-controller' },
  price: { hours: 4, escalateTo: 'finance-controller' },
  margin: { hours: 4, escalateTo: 'finance-controller' },
  address: { hours: 8, escalateTo: 'sales-manager' },
  compliance: { hours: 24, escalateTo: 'finance-controller' },
  duplicate: { hours: 4, escalateTo: 'sales-manager' },
  manual: { hours: 48, escalateTo: 'sales-manager' },
}

type Holder = Pick<Call<unknown>, 'tx' | 'companyId' | 'now' | 'actor' | 'context'>

/** The kind of the approval matrix that decides on a kind of hold. */
export const APPROVAL_OF: Readonly<Record<string, string>> = { price: 'price-override', margin: 'margin-floor' }

/**
 * Writes one open hold per order and kind; those that are open already get the present reason. Credit holds leave their
 * evidence (CRD-08), and prices that the matrix covers their requests for approval.
 */
export async function placeHolds(call: Holder, found: readonly Finding[]): Promise<void> {
  const rows = relation(
    {
      id: 'uuid',
      order_id: 'uuid',
      kind: 'text',
      owner_role: 'text',
      reason: 'text',
      detail: 'jsonb',
      fingerprint: 'text',
      hours: 'int',
    },
    found.map((one) => ({ ...one, id: newId(), hours: HOLD_RULES[one.kind]?.hours ?? 24 })),
  )
  await call.tx.run(sql`insert into sales.hold as h (company_id, id, order_id, kind, owner_role, reason, detail, fingerprint, raised_by, raised_at, due_at)
    select ${call.companyId}, f.id, f.order_id, f.kind, f.owner_role, f.reason, f.detail, f.fingerprint, ${call.actor}, ${call.now},
           ${call.now}::timestamptz + make_interval(hours => coalesce((b.settings -> 'hold_hours' ->> f.kind)::int, f.hours))
      from ${rows} f join company.v_company b on b.id = ${call.companyId}
    on conflict (company_id, order_id, kind) where released_at is null and voided_at is null
      do update set reason = excluded.reason, detail = excluded.detail, fingerprint = excluded.fingerprint`)
  await recordDecision(
    call.tx,
    call.context,
    found
      .filter((one) => one.kind === 'credit')
      .map((one) => ({
        order_id: one.order_id,
        customer_id: one.customer_id,
        checkpoint: 'confirm' as const,
        outcome: 'hold' as const,
        exposure: one.detail,
        rule: one.fingerprint,
        reason: one.reason,
      })),
  )
  for (const one of found) await askApproval(call, one)
}

/** Asks whoever the matrix names; where it names nobody for this measure, the owner of the hold decides alone. */
async function askApproval(call: Holder, one: Finding): Promise<void> {
  const kind = APPROVAL_OF[one.kind]
  if (!kind || one.measure === null) return
  const steps = await stepsFor(call.tx, call.companyId, kind, one.measure)
  if (steps.length === 0 || (await isApproved(call.tx, call.context, kind, one.order_id, one.fingerprint))) return
  await requestApproval(call.tx, call.context, {
    kind,
    document: 'sales.order',
    documentId: one.order_id,
    fingerprint: one.fingerprint,
    amount: one.measure,
    detail: one.detail,
    ...(one.enterer ? { requestedBy: one.enterer } : {}),
  })
}

/** Voids the open holds of these orders that were not found again, with the reason; people's own holds stay. */
export async function voidGone(
  call: Pick<Holder, 'tx' | 'companyId' | 'now'>,
  ids: readonly string[],
  found: readonly Finding[],
  reason: string,
): Promise<void> {
  await call.tx.run(sql`update sales.hold h set voided_at = ${call.now}, release_reason = ${reason}
     where h.company_id = ${call.companyId} and h.order_id = any(${ids}::uuid[]) and h.released_at is null and h.voided_at is null
       and h.kind not in ('manual', 'compliance')
       and not exists (select from unnest(${found.map((one) => one.order_id)}::uuid[], ${found.map((one) => one.kind)}::text[]) as f (order_id, kind)
             where f.order_id = h.order_id and f.kind = h.kind)`)
}
