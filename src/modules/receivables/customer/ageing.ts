// What all customers owe together, by how long it is due: the picture above the list of aged receivables.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { openOn } from './as-of.ts'

/**
 * One row a bucket, always all six in order, at the end of a day in the company's currency: not due, 1 to 30, 31 to 60,
 * 61 to 90 and more than 90 days past due, and what is on account (credit notes and money not applied, negative).
 * Deposits are not in it. Their sum is the receivable account.
 */
export const ageing = query('receivables.ageing', {
  may: 'receivables.balance.read',
  title: 'Receivables by age',
  parameters: T.object({ asOf: T.optional(T.date()) }),
  columns: { bucket: f.text(), items: f.integer(), customers: f.integer(), amount: f.money(), share: f.percent() },
  build: ({ asOf }, { companyId, today }) => sql`with item as materialized (
      select o.customer_id, o.base_open, case when o.kind <> 'invoice' then 'on_account' when late <= 0 then 'current' when late <= 30 then 'days_30'
             when late <= 60 then 'days_60' when late <= 90 then 'days_90' else 'older' end as bucket
        from (select *, ${asOf ?? today}::date - due_on as late from ${openOn(companyId, asOf ?? today, null)} i where kind <> 'deposit') o
    ), owed as (
      select sum(base_open) filter (where bucket <> 'on_account') as amount from item
    )
    select b.bucket, count(i.bucket)::int as items, count(distinct i.customer_id)::int as customers, coalesce(sum(i.base_open), 0) as amount,
           coalesce(round(100 * sum(i.base_open) / nullif((select amount from owed), 0), 1), 0) as share
      from unnest(array['current', 'days_30', 'days_60', 'days_90', 'older', 'on_account']) with ordinality as b (bucket, at)
      left join item i on i.bucket = b.bucket group by b.bucket, b.at order by b.at`,
})
