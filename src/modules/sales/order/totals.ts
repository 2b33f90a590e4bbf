// An order's totals: what its lines come to without what was cancelled, and the tax by the method the order keeps.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { type DocumentLine, totalsOfDocument } from '#tax'

/**
 * Recomputes net, tax and total of the orders from their lines, and what look-alikes are found by (ORD-08): the items,
 * and the items with their quantities, whoever typed them and in whatever order or unit. A line counts with the share
 * that is not cancelled, in the currency's minor units.
 */
export async function retotal(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  orderIds: readonly string[],
): Promise<void> {
  const { tx, companyId } = call
  const lines = sql<DocumentLine>`select l.order_id as document, o.tax_rounding, y.digits, l.tax_code, l.tax_rate,
      case when l.cancelled = 0 then l.net else round(l.net * (l.ordered - l.cancelled) / l.ordered, y.digits) end as net
    from sales.order_line l
    join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
    join company.v_currency y on y.code = o.currency
   where l.company_id = ${companyId} and l.order_id = any(${orderIds}::uuid[])`
  const content = sql`select l.order_id, md5(string_agg(distinct l.item_id::text, ',')) as items,
      md5(string_agg(l.item_id || ' ' || trim_scale(l.ordered - l.cancelled), ',' order by l.item_id, l.ordered)) as content
    from sales.order_line l where l.company_id = ${companyId} and l.order_id = any(${orderIds}::uuid[]) group by l.order_id`
  await tx.run(sql`update sales.orders o set net = s.net, tax = s.tax, total = s.total, items_hash = c.items, content_hash = c.content
    from ${totalsOfDocument(lines)} s join ${content} c on c.order_id = s.document where o.company_id = ${companyId} and o.id = s.document`)
}
