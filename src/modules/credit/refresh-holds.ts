// Overdue customers are held by themselves and freed by themselves, by the days that their account allows (CRD-06).
import { type Sql, sql } from '#kernel/db'
import { type Holder, liftHold, setHold } from './cause.ts'

/**
 * `overdue` says how many days the oldest unpaid item of each customer is past due (several rows a customer count by the
 * highest). Sets the overdue hold where that is more than the account allows, and lifts it from everybody else: `overdue`
 * must name every overdue customer of the company, or of `only` the one customer whose payment just came. Safe to run
 * twice. Returns whose holds were set and lifted now.
 */
export async function refreshHolds(
  call: Holder,
  overdue: Sql<{ customer_id: string; days: number }>,
  only: string | null = null,
): Promise<{ held: readonly string[]; lifted: readonly string[] }> {
  const late = sql<{ customer_id: string; days: number; allowed: number }>`
    select a.id as customer_id, max(o.days)::int as days, a.max_overdue_days as allowed
      from ${overdue} o join credit.account a on a.company_id = ${call.companyId} and a.id = o.customer_id
     where o.days > a.max_overdue_days and (${only}::uuid is null or a.id = ${only}) group by a.id, a.max_overdue_days`
  const held = await setHold(
    call,
    'overdue',
    sql`select customer_id, 'An item is ' || days || ' days overdue, ' || allowed || ' are allowed' as reason from ${late} l`,
  )
  const lifted = await liftHold(
    call,
    'overdue',
    sql`select a.id as customer_id from credit.account a
      where a.company_id = ${call.companyId} and a.holds ? 'overdue' and (${only}::uuid is null or a.id = ${only}) and not exists (select from ${late} l where l.customer_id = a.id)`,
    'nothing is overdue for longer than allowed',
  )
  return { held: held.map((one) => one.customer_id), lifted: lifted.map((one) => one.customer_id) }
}
