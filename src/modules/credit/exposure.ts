// What customers owe us in all its stages, as running sums, locked in id order and moved in one statement.
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from './refusals.ts'

/**
 * How a customer's open amounts move, in the account's currency; signed. `open_orders` is confirmed and not shipped,
 * `unbilled` is shipped and not invoiced, `receivable` is invoiced and not settled, `unapplied` is money received and
 * not yet applied (it lowers the exposure). A shipment moves open_orders to unbilled in one row, so nothing counts twice.
 */
export type ExposureChange = {
  customer_id: string
  open_orders: string
  unbilled: string
  receivable: string
  unapplied: string
}

/**
 * Sums the changes per customer, locks the accounts in id order and applies them, in one statement. A customer may
 * occur many times. Refuses CREDIT_ACCOUNT_MISSING when one has no account; then nothing is changed.
 */
export async function changeExposure(tx: Tx, companyId: number, changes: Sql<ExposureChange>): Promise<void> {
  const missing = await tx.first(sql<{ customer: string }>`
    with changes as materialized (
      select customer_id, sum(open_orders::numeric) as open_orders, sum(unbilled::numeric) as unbilled,
        sum(receivable::numeric) as receivable, sum(unapplied::numeric) as unapplied
        from ${changes} c group by customer_id
    ),
    locked as materialized (
      select a.id from credit.account a
       where a.company_id = ${companyId} and a.id = any((select array_agg(customer_id) from changes)::uuid[])
       order by a.id for no key update
    ),
    moved as (
      update credit.account a
         set open_orders = a.open_orders + c.open_orders, unbilled = a.unbilled + c.unbilled,
             receivable = a.receivable + c.receivable, unapplied = a.unapplied + c.unapplied
        from changes c
       -- The array is made whole before the first row is changed, so every lock is taken, in order, before that.
       where a.company_id = ${companyId} and a.id = c.customer_id and a.id = any((select array_agg(id) from locked)::uuid[])
      returning a.id
    )
    select coalesce((select v.code from party.v_customer v where v.company_id = ${companyId} and v.id = c.customer_id), c.customer_id::text) as customer
      from changes c where not exists (select from moved m where m.id = c.customer_id) limit 1`)
  if (missing) refuse('CREDIT_ACCOUNT_MISSING', { customer: missing.customer })
}

/**
 * Locks the accounts of these customers in id order, then the group limits that they share in id order, until the
 * transaction ends: what overLimit then reads in its own statement stays true. Refuses CREDIT_ACCOUNT_MISSING.
 */
export async function lockAccounts(tx: Tx, companyId: number, customers: Sql<{ customer_id: string }>): Promise<void> {
  const missing = await tx.first(sql<{ customer: string }>`
    with asked as materialized (select distinct customer_id from ${customers} c),
    locked as materialized (
      select a.id, a.group_id from credit.account a
       where a.company_id = ${companyId} and a.id = any((select array_agg(customer_id) from asked)::uuid[])
       order by a.id for no key update
    ),
    shared as materialized (
      select g.id from credit.group_limit g
       where g.company_id = ${companyId} and g.id = any((select array_agg(group_id) from locked)::uuid[])
       order by g.id for no key update
    )
    select coalesce((select v.code from party.v_customer v where v.company_id = ${companyId} and v.id = k.customer_id), k.customer_id::text) as customer
      from asked k cross join (select count(*) from shared) s
     where not exists (select from locked l where l.id = k.customer_id) limit 1`)
  if (missing) refuse('CREDIT_ACCOUNT_MISSING', { customer: missing.customer })
}

/**
 * Opens accounts with limit 0 for customers that have none: nobody buys on credit before the credit officer has said so.
 * `customers` gives the currency in which each account is kept. The class is the company's setting new-customer-class
 * ('watch' without it), and the days a customer may be late are those of the class. Safe to run twice. Returns how many
 * were opened.
 */
export const openMissing = (
  tx: Tx,
  companyId: number,
  customers: Sql<{ customer_id: string; currency: string }>,
): Promise<number> =>
  tx.run(sql`insert into credit.account (company_id, id, code, credit_limit, currency, risk_class, max_overdue_days)
    select distinct on (c.customer_id) ${companyId}, c.customer_id, v.code, 0, c.currency, p.class,
        coalesce((b.settings #>> array['credit_risk_classes', p.class, 'overdue_hold_days'])::int, ${OVERDUE_DAYS}::int)
      from ${customers} c
      join party.v_customer v on v.company_id = ${companyId} and v.id = c.customer_id
      join company.v_company b on b.id = ${companyId}
      cross join lateral (select coalesce(b.settings ->> 'new-customer-class', 'watch') as class) p
     order by c.customer_id
    on conflict do nothing`)

/** How late a customer may pay before he is held, where the company's classes do not say. */
const OVERDUE_DAYS = 30
