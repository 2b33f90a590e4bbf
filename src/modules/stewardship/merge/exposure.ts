// What both customers owe together is the same before and after: the amounts go from the one account to the other.
import { changeExposure, lockAccounts, openMissing } from '#credit'
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { openOn } from '#receivables'
import { worthOfOrders } from '#sales'

type Way = { readonly from: string; readonly to: string }
type Money = Record<'open_orders' | 'unbilled' | 'receivable' | 'unapplied', string>

/** Counts over everything that `from` owes, and tells how `to` stands then against his limit. */
export async function moveExposure(
  call: Call<unknown>,
  { from, to }: Way,
): Promise<{ exposureBefore: string; exposureAfter: string; limit: string } | undefined> {
  const { tx, companyId } = call
  const both = [from, to]
  await openMissing(
    tx,
    companyId,
    sql`select id as customer_id, currency from party.v_customer where company_id = ${companyId} and id = any(${both}::uuid[])`,
  )
  await lockAccounts(tx, companyId, sql`select unnest(${both}::uuid[]) as customer_id`)
  const owed = await tx.first(sql<Money>`select open_orders::text, unbilled::text, receivable::text, unapplied::text
      from credit.v_account where company_id = ${companyId} and id = ${from}::uuid`)
  const standing = () =>
    tx.first(sql<{ exposure: string; limit: string }>`select exposure::text, credit_limit::text as "limit"
      from credit.v_account where company_id = ${companyId} and id = ${to}::uuid`)
  const before = await standing()
  if (owed) await count(call, owed, { from, to })
  const after = await standing()
  return before && after
    ? { exposureBefore: before.exposure, exposureAfter: after.exposure, limit: after.limit }
    : undefined
}

/** Counts over what is open on these documents now, whatever was open when they came. */
export async function moveExposureOf(
  call: Call<unknown>,
  { orders, documents, ...way }: Way & { orders: readonly string[]; documents: readonly string[] },
): Promise<void> {
  const { tx, companyId } = call
  await lockAccounts(tx, companyId, sql`select unnest(${[way.from, way.to]}::uuid[]) as customer_id`)
  const owed =
    await tx.first(sql<Money>`select w.open_orders::text, w.unbilled::text, d.receivable::text, d.unapplied::text
      from ${worthOfOrders(companyId, sql`select unnest(${orders}::uuid[]) as id`)} w
      cross join ${openOn(companyId, sql`select unnest(${documents}::uuid[]) as id`)} d`)
  if (owed) await count(call, owed, way)
}

function count({ tx, companyId }: Call<unknown>, owed: Money, { from, to }: Way): Promise<void> {
  return changeExposure(
    tx,
    companyId,
    sql`select w.customer_id, w.sign * ${owed.open_orders}::numeric as open_orders, w.sign * ${owed.unbilled}::numeric as unbilled,
        w.sign * ${owed.receivable}::numeric as receivable, w.sign * ${owed.unapplied}::numeric as unapplied
      from (values (${from}::uuid, -1), (${to}::uuid, 1)) as w (customer_id, sign)`,
  )
}
