// Causes of a hold, set and lifted by whoever learns of them: each stands by itself, and the first day of a cause stays.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'

/** Why every order of a customer stops. 'overdue' comes from refreshHolds alone; the others from documents and people. */
export type Cause = 'overdue' | 'returned-payment' | 'broken-promise' | 'insurance' | 'manual'

/** The causes that a person may set and lift by hand. */
export const BY_HAND = ['manual', 'returned-payment', 'broken-promise', 'insurance'] as const

export type Holder = Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now'>

/**
 * Holds the accounts of these customers for the cause; who is held for it already keeps his reason and since when.
 * Accounts are locked in id order, and every hold is kept as evidence. Returns the customers that were not held for it before.
 */
export const setHold = (
  call: Holder,
  cause: Cause,
  customers: Sql<{ customer_id: string; reason: string }>,
): Promise<{ customer_id: string }[]> =>
  call.tx.rows(sql<{ customer_id: string }>`
    with wanted as materialized (select * from ${customers} c),
    locked as materialized (
      select a.id from credit.account a
       where a.company_id = ${call.companyId} and a.id = any((select array_agg(customer_id) from wanted)::uuid[])
       order by a.id for no key update
    ),
    held as (
      update credit.account a
         set holds = a.holds || jsonb_build_object(${cause}::text,
               jsonb_build_object('reason', w.reason, 'since', ${call.now}::timestamptz, 'by', ${call.actor}::text))
        from wanted w
       where a.company_id = ${call.companyId} and a.id = w.customer_id and not a.holds ? ${cause}::text
         and a.id = any((select array_agg(id) from locked)::uuid[])
      returning a.*, w.reason
    ),
    ${evidence(call, 'hold', cause)}
    select id as customer_id from held`)

/**
 * Lifts the cause from these customers; other causes stay. Every lift is kept as evidence with its reason. Returns those
 * that were held for it.
 */
export const liftHold = (
  call: Holder,
  cause: Cause,
  customers: Sql<{ customer_id: string }>,
  reason = 'the cause is cleared',
): Promise<{ customer_id: string }[]> =>
  call.tx.rows(sql<{ customer_id: string }>`
    with freed as materialized (select customer_id from ${customers} c),
    locked as materialized (
      select a.id from credit.account a
       where a.company_id = ${call.companyId} and a.id = any((select array_agg(customer_id) from freed)::uuid[])
       order by a.id for no key update
    ),
    held as (
      update credit.account a set holds = a.holds - ${cause}::text
        from freed f
       where a.company_id = ${call.companyId} and a.id = f.customer_id and a.holds ? ${cause}::text
         and a.id = any((select array_agg(id) from locked)::uuid[])
      returning a.*, ${reason}::text as reason
    ),
    ${evidence(call, 'released', cause)}
    select id as customer_id from held`)

/** The decision on an account as a whole: it names no order, and a lift no amount. */
const evidence = (call: Holder, outcome: 'hold' | 'released', cause: Cause) => sql`
    kept as (
      insert into credit.decision (company_id, id, customer_id, checkpoint, outcome, exposure, rule, reason, actor_id, at)
      select company_id, (left(${newId()}, 23) || substr(gen_random_uuid()::text, 24))::uuid, id, 'manual', ${outcome},
          jsonb_build_object('currency', currency, 'receivable', receivable::text, 'unapplied', unapplied::text, 'unbilled', unbilled::text,
            'open_orders', open_orders::text, 'exposure', (receivable + unbilled + open_orders - unapplied)::text,
            'limit', credit_limit::text, 'holds', holds),
          ${`hold:${cause}/1`}::text, reason, ${call.actor}, ${call.now}
        from held
    )`
