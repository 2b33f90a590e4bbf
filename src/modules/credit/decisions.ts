// Evidence of every credit decision: the figures at that time, the rule, the person.
import type { Context } from '#kernel/context'
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Checkpoint, Exposure } from './over-limit.ts'
import { refuse } from './refusals.ts'

/** One decision to keep. `exposure` and `rule` are what overLimit gave. */
export type Decision = {
  order_id: string | null
  customer_id: string
  checkpoint: Checkpoint | 'manual'
  outcome: 'hold' | 'refused'
  exposure: Exposure | Record<string, unknown>
  rule: string
  reason?: string | null
}

/** A release of one order: the order may pass with at most `upTo` (account currency) until `expiresAt`. */
export type Release = { orderId: string; customerId: string; upTo: string; expiresAt: Date; reason: string }

/** How long a release may last unless company setting credit_release_days says otherwise. */
const RELEASE_DAYS = 10

/** Writes the decisions, in one statement; none is no statement. */
export async function recordDecision(tx: Tx, context: Context, rows: readonly Decision[]): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map((row) => ({ reason: null, ...row, id: newId() }))
  await tx.run(sql`
    insert into credit.decision (company_id, id, customer_id, order_id, checkpoint, outcome, exposure, rule, reason, actor_id, at)
    select ${context.companyId}, g.id, g.customer_id, g.order_id, g.checkpoint, g.outcome, g.exposure, g.rule, g.reason,
        ${context.principal.id}, ${context.now}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (id uuid, customer_id uuid, order_id uuid, checkpoint text, outcome text, exposure jsonb, rule text, reason text)`)
}

/**
 * Keeps that somebody let these orders go, with the figures of this moment. Called by the verb that lifts a credit hold
 * and has checked its permission. Refuses an amount of 0 (CREDIT_RELEASE_AMOUNT), an end that is past or later than the
 * company allows (CREDIT_RELEASE_EXPIRY), and a customer without account. After the end the order is held again.
 */
export async function releaseOrder(tx: Tx, context: Context, releases: readonly Release[]): Promise<void> {
  if (releases.length === 0) return
  const given = releases.map((one) => ({ ...one, id: newId() }))
  const done = await tx.rows(sql<{
    order_id: string
    customer_id: string
    bad_amount: boolean
    bad_end: boolean
    missing: boolean
    days: number
  }>`
    with given as materialized (
      select g.*, coalesce((v.settings ->> 'credit_release_days')::int, ${RELEASE_DAYS}::int) as days,
          a.id is null as missing, g."upTo" <= 0 as bad_amount,
          g."expiresAt" <= ${context.now} or g."expiresAt" > ${context.now}::timestamptz
            + make_interval(days => coalesce((v.settings ->> 'credit_release_days')::int, ${RELEASE_DAYS}::int)) as bad_end,
          jsonb_build_object('currency', a.currency, 'receivable', a.receivable::text, 'unapplied', a.unapplied::text, 'unbilled', a.unbilled::text,
            'open_orders', a.open_orders::text, 'exposure', (a.receivable + a.unbilled + a.open_orders - a.unapplied)::text,
            'limit', a.credit_limit::text, 'holds', a.holds) as exposure
        from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          as g (id uuid, "orderId" uuid, "customerId" uuid, "upTo" numeric, "expiresAt" timestamptz, reason text)
        join company.v_company v on v.id = ${context.companyId}
        left join credit.account a on a.company_id = ${context.companyId} and a.id = g."customerId"
    ),
    kept as (
      insert into credit.decision (company_id, id, customer_id, order_id, checkpoint, outcome, exposure, rule, up_to, expires_at, reason, actor_id, at)
      select ${context.companyId}, id, "customerId", "orderId", 'manual', 'released', exposure, 'release/1', "upTo", "expiresAt", reason,
          ${context.principal.id}, ${context.now}
        from given where not (missing or bad_amount or bad_end)
    )
    select "orderId" as order_id, "customerId" as customer_id, bad_amount, bad_end, missing, days from given where missing or bad_amount or bad_end limit 1`)
  const wrong = done[0]
  if (!wrong) return
  const release = releases.find((one) => one.orderId === wrong.order_id)
  if (wrong.missing) refuse('CREDIT_ACCOUNT_MISSING', { customer: wrong.customer_id })
  if (wrong.bad_amount) refuse('CREDIT_RELEASE_AMOUNT', { up_to: release?.upTo, id: wrong.order_id })
  refuse('CREDIT_RELEASE_EXPIRY', {
    days: wrong.days,
    expires_at: release?.expiresAt.toISOString(),
    id: wrong.order_id,
  })
}
