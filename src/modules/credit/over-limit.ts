// Which orders must be held, why, and what would change it: one consistent read of limits, holds, cover and releases.
import type { Context } from '#kernel/context'
import { type Sql, sql } from '#kernel/db'

/** Where credit is looked at. */
export type Checkpoint = 'confirm' | 'release' | 'ship'

/** An order as credit sees it: its open value in the account's currency. */
export type CreditDemand = { order_id: string; customer_id: string; amount: string }

/** Why an order is held; the first that is true, in this order. */
export type HoldReason =
  | 'account-missing'
  | 'manual'
  | 'returned-payment'
  | 'broken-promise'
  | 'overdue'
  | 'insurance'
  | 'insurance-expired'
  | 'over-limit'
  | 'over-cover'
  | 'group-limit'

/** The figures of a decision; amounts are decimal text in `currency`. `earlier` is what orders before it in the same call took. */
export type Exposure = {
  currency: string | null
  receivable: string
  unapplied: string
  unbilled: string
  open_orders: string
  earlier: string
  this: string
  exposure: string
  limit: string
  over_by: string
  group: { code: string; exposure: string; limit: string; over_by: string } | null
  holds: Readonly<Record<string, { reason: string; since: string; by: string }>>
  insured: { up_to: string | null; until: string | null } | null
  release: { up_to: string; expires_at: string; state: 'expired' | 'too small' | 'older than the hold' } | null
  suggestion: string
}

export type OverLimit = { order_id: string; customer_id: string; reason: HoldReason; rule: string; exposure: Exposure }

/** The version of this rule, kept with every decision. */
const RULE = 'exposure/1'

/**
 * One row for each order that must be held, as a fragment to compose. Call lockAccounts first, in the same transaction.
 *
 * Exposure is receivable + unbilled + open orders - unapplied cash (CRD-02). At 'confirm' the order's amount comes on
 * top, and orders of one customer (or one group) in the same call are decided in id order, each after those admitted
 * before it. At 'release' and 'ship' the order is in open_orders already and is not added again (it would count twice).
 * A valid release lets its order through: not expired at `context.now`, for at least the order's amount, and given after
 * every hold that stands on the account. A check point that company setting credit_checkpoints leaves out holds nothing.
 */
export function overLimit(
  companyId: number,
  context: Pick<Context, 'now' | 'today'>,
  orders: Sql<CreditDemand>,
  checkpoint: Checkpoint = 'confirm',
): Sql<OverLimit> {
  return sql<OverLimit>`
    with asked as (
      select o.order_id, o.customer_id, o.amount::numeric as amount, case ${checkpoint}::text when 'confirm' then o.amount::numeric else 0 end as adds
        from ${orders} o
       where (select coalesce(v.settings -> 'credit_checkpoints', '["confirm", "release", "ship"]'::jsonb) ? ${checkpoint}::text
                from company.v_company v where v.id = ${companyId})
    ),
    standing as (
      select k.*, a.id as account_id, a.currency, a.receivable, a.unapplied, a.unbilled, a.open_orders, a.holds, a.insured_up_to, a.insured_until,
        a.insured_only, coalesce(a.receivable + a.unbilled + a.open_orders - a.unapplied, 0) as carried, ${limitOn(context.today)} as credit_limit,
        least(${limitOn(context.today)}, case when a.insured_only then coalesce(a.insured_up_to, 0) end) as room_limit,
        coalesce(a.insured_until < ${context.today}::date, false) as cover_ended,
        g.id as group_id, g.code as group_code, g.credit_limit as group_limit, s.carried as group_carried,
        r.up_to, r.expires_at, r.at as released_at
        from asked k
        left join credit.account a on a.company_id = ${companyId} and a.id = k.customer_id
        left join credit.group_limit g on g.company_id = ${companyId} and g.id = a.group_id
        left join lateral (
          select sum(m.receivable + m.unbilled + m.open_orders - m.unapplied) as carried
            from credit.account m where m.company_id = ${companyId} and m.group_id = g.id
        ) s on g.id is not null
        left join lateral (
          select d.up_to, d.expires_at, d.at from credit.decision d
           where d.company_id = ${companyId} and d.order_id = k.order_id and d.outcome = 'released'
           order by d.at desc limit 1
        ) r on true
    ),
    judged as (
      select *, account_id is null or holds <> '{}'::jsonb or cover_ended as blocked,
        coalesce(expires_at > ${context.now} and up_to >= amount and not exists (
          select from jsonb_each(holds) h where (h.value ->> 'since')::timestamptz > released_at), false) and account_id is not null as released
        from standing
    ),
    admitted as (
      select *, credit.admit(customer_id::text, adds, room_limit - carried, group_limit - group_carried, blocked, released)
          over (partition by coalesce(group_id, customer_id) order by order_id rows unbounded preceding) as fold
        from judged
    ),
    held as (
      select *, (fold ->> 'own')::numeric as earlier, carried + (fold ->> 'own')::numeric + adds as reached,
        group_carried + (fold ->> 'shared')::numeric + adds as group_reached
        from admitted where not (fold ->> 'fits')::boolean
    ),
    reasoned as (
      select *, case
          when account_id is null then 'account-missing'
          when holds ? 'manual' then 'manual'
          when holds ? 'returned-payment' then 'returned-payment'
          when holds ? 'broken-promise' then 'broken-promise'
          when holds ? 'overdue' then 'overdue'
          when holds ? 'insurance' then 'insurance'
          when cover_ended then 'insurance-expired'
          when reached > credit_limit then 'over-limit'
          when reached > room_limit then 'over-cover'
          else 'group-limit' end as reason
        from held
    ),
    answered as materialized (
      select order_id, customer_id, reason, ${RULE}::text as rule, ${breakdown(context.now)} as exposure from reasoned order by order_id
    )
    select * from answered`
}

/** The limit that counts on a day: the dated one while it runs, else the standing one. `a` is the account. */
export const limitOn = (today: string) => sql`
  case when a.next_from <= ${today}::date and coalesce(${today}::date <= a.next_until, true) then a.next_limit else a.credit_limit end`

const breakdown = (now: Date) => sql`
  jsonb_build_object('currency', currency, 'receivable', coalesce(receivable, 0)::text, 'unapplied', coalesce(unapplied, 0)::text,
    'unbilled', coalesce(unbilled, 0)::text, 'open_orders', coalesce(open_orders, 0)::text, 'earlier', earlier::text, 'this', amount::text,
    'exposure', reached::text, 'limit', coalesce(room_limit, 0)::text, 'over_by', greatest(0, reached - coalesce(room_limit, 0))::text,
    'group', case when group_id is not null then jsonb_build_object('code', group_code, 'exposure', group_reached::text,
       'limit', group_limit::text, 'over_by', greatest(0, group_reached - group_limit)::text) end,
    'holds', coalesce(holds, '{}'::jsonb),
    'insured', case when insured_up_to is not null or insured_until is not null
       then jsonb_build_object('up_to', insured_up_to::text, 'until', insured_until) end,
    'release', case when up_to is not null then jsonb_build_object('up_to', up_to::text, 'expires_at', expires_at, 'state',
       case when expires_at <= ${now} then 'expired' when up_to < amount then 'too small' else 'older than the hold' end) end,
    'suggestion', case reason
       when 'account-missing' then 'Open a credit account for the customer'
       when 'over-limit' then format('Wait for a payment of %s, raise the limit, or release this order', greatest(0, reached - credit_limit))
       when 'over-cover' then format('Wait for a payment of %s, extend the cover, or release this order', greatest(0, reached - room_limit))
       when 'group-limit' then format('Wait for a payment of %s by any account of the group, or release this order', greatest(0, group_reached - group_limit))
       when 'insurance-expired' then 'Renew the credit insurance, or release this order'
       when 'overdue' then 'Collect the overdue items, or release this order'
       else 'Settle the cause and lift the hold, or release this order' end)`
