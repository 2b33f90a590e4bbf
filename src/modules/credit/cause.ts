// Causes of a hold, set and lifted by whoever learns of them: each stands by itself, and the first day of a cause stays.
import type { Call } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'

/** Causes that the documents themselves bring about; 'manual' and 'insurance' are people's. */
export type Cause = 'overdue' | 'returned-payment'

type Holder = Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now'>

/**
 * Holds the accounts of these customers for the cause; who is held for it already keeps his reason and since when.
 * Accounts are locked in id order. Returns the customers that were not held for it before.
 */
export const setHold = (
  call: Holder,
  cause: Cause,
  customers: Sql<{ customer_id: string; reason: string }>,
): Promise<{ customer_id: string }[]> =>
  call.tx.rows(sql<{ customer_id: string }>`with held as materialized (select * from ${customers} c), locked as materialized (
      select a.id from credit.account a where a.company_id = ${call.companyId} and a.id = any((select array_agg(customer_id) from held)::uuid[])
       order by a.id for no key update
    )
    update credit.account a set holds = a.holds || jsonb_build_object(${cause}::text, jsonb_build_object('reason', h.reason, 'since', ${call.now}::timestamptz, 'by', ${call.actor}::text))
      from held h where a.company_id = ${call.companyId} and a.id = h.customer_id and not a.holds ? ${cause}::text and a.id = any((select array_agg(id) from locked)::uuid[])
    returning a.id as customer_id`)

/** Lifts the cause from these customers; other causes stay. Returns those that were held for it. */
export const liftHold = (
  call: Holder,
  cause: Cause,
  customers: Sql<{ customer_id: string }>,
): Promise<{ customer_id: string }[]> =>
  call.tx.rows(sql<{ customer_id: string }>`with freed as materialized (select customer_id from ${customers} c), locked as materialized (
      select a.id from credit.account a where a.company_id = ${call.companyId} and a.id = any((select array_agg(customer_id) from freed)::uuid[])
       order by a.id for no key update
    )
    update credit.account a set holds = a.holds - ${cause}::text
      from freed f where a.company_id = ${call.companyId} and a.id = f.customer_id and a.holds ? ${cause}::text and a.id = any((select array_agg(id) from locked)::uuid[])
    returning a.id as customer_id`)
