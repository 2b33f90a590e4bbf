// What stands in the way of undoing: something of the one that rests on something of the other, made since they were one.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Repointed } from '#kernel/repoint'
import { idsOf } from './grown.ts'

/** The first knot, and how to untie it. */
export type Knot = { what: string; advice: string }

/** Looks at settlements, at invoices and returns over orders of both, and at open orders that go to an address of the other. */
export function entanglement(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  { into_id, from_code }: { into_id: string; from_code: string },
  back: readonly Repointed[],
): Promise<Knot | undefined> {
  const all = back.map((one) => one.id)
  const orders = idsOf(back, 'sales.orders.customer_id')
  const addresses = idsOf(back, 'party.ship_to.customer_id')
  return tx.first(sql<Knot>`with back as materialized (select unnest(${all}::uuid[]) as id),
    line as materialized (
      select id from sales.v_order_line where company_id = ${companyId} and order_id = any(${orders}::uuid[])
    )
    select case when p.id is null then 'credit note ' || c.number else 'payment ' || p.number end
        || ' is applied to invoice ' || i.number || ', and only one of the two is of ' || ${from_code}::text as what,
        'Take that application back first, then undo.' as advice
      from receivables.v_application a
      join receivables.v_invoice i on i.company_id = a.company_id and i.id = a.invoice_id
      left join receivables.v_payment p on p.company_id = a.company_id and p.id = a.payment_id
      left join receivables.v_invoice c on c.company_id = a.company_id and c.id = a.credit_id
     where a.company_id = ${companyId} and a.unapplied_on is null and i.customer_id = ${into_id}::uuid
       and (i.id in (select id from back)) <> (coalesce(p.id, c.id) in (select id from back))
    union all
    select 'invoice ' || coalesce(i.number, '(draft)') || ' bills orders of both', 'Credit it and invoice the orders one by one, then undo.'
      from receivables.v_invoice i join receivables.v_invoice_line l on l.company_id = i.company_id and l.invoice_id = i.id
     where i.company_id = ${companyId} and i.id in (select id from back) and l.order_line_id is not null and i.state <> 'cancelled' and i.kind = 'invoice'
       and not exists (select from receivables.v_invoice c where c.company_id = i.company_id and c.corrects_id = i.id and c.state = 'issued' and c.total = i.total)
     group by i.id, i.number having count(*) filter (where l.order_line_id not in (select id from line)) > 0
    union all
    select 'return ' || r.number || ' is about orders of both', 'Finish or cancel it and record one return for each customer, then undo.'
      from returns.v_rma r join returns.v_rma_line l on l.company_id = r.company_id and l.rma_id = r.id
     where r.company_id = ${companyId} and r.id in (select id from back) and r.state not in ('cancelled', 'credited') and l.order_line_id is not null
     group by r.id, r.number having count(*) filter (where l.order_line_id not in (select id from line)) > 0
    union all
    select 'order ' || o.number || ' goes to an address of ' || ${from_code}::text, 'Give the order another address, or finish it, then undo.'
      from sales.v_order o where o.company_id = ${companyId} and o.customer_id = ${into_id}::uuid and o.ship_to_id = any(${addresses}::uuid[])
       and o.id <> all(${orders}::uuid[]) and o.state in ('draft', 'quoted', 'on_hold', 'confirmed')
    limit 1`)
}
