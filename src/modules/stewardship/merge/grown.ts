// What has grown since from documents that came over: shipments, invoices and returns of their orders go back with them.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import type { Repointed } from '#kernel/repoint'

export const idsOf = (rows: readonly Repointed[], place: string): readonly string[] =>
  rows.filter((one) => one.place === place).map((one) => one.id)

/** Rows of the one that stayed that are about orders and invoices that came over, made after the merge. */
export function grown(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  { into_id }: { into_id: string },
  kept: readonly Repointed[],
): Promise<Repointed[]> {
  const orders = sql`select unnest(${idsOf(kept, 'sales.orders.customer_id')}::uuid[])`
  const invoices = sql`select unnest(${idsOf(kept, 'receivables.invoice.customer_id')}::uuid[])`
  const known = sql`select unnest(${kept.map((one) => one.id)}::uuid[])`
  return tx.rows(sql<Repointed>`with line as materialized (
      select id from sales.v_order_line where company_id = ${companyId} and order_id in ${orders}
    ), found as (
      select 'warehouse.shipment.customer_id' as place, id from warehouse.v_shipment
       where company_id = ${companyId} and customer_id = ${into_id}::uuid and order_id in ${orders}
      union
      select 'receivables.invoice.customer_id', i.id from receivables.v_invoice i
        left join receivables.v_invoice_line l on l.company_id = i.company_id and l.invoice_id = i.id
       where i.company_id = ${companyId} and i.customer_id = ${into_id}::uuid
         and (i.corrects_id in ${invoices} or i.order_id in ${orders} or l.order_line_id in (select id from line))
      union
      select 'returns.rma.customer_id', r.id from returns.v_rma r
        join returns.v_rma_line l on l.company_id = r.company_id and l.rma_id = r.id and l.order_line_id in (select id from line)
       where r.company_id = ${companyId} and r.customer_id = ${into_id}::uuid
      union
      select 'receivables.payment.customer_id', id from receivables.v_payment
       where company_id = ${companyId} and customer_id = ${into_id}::uuid and order_id in ${orders}
    ) select place, id from found where id not in ${known}`)
}
