// Whose orders they are, for whoever makes one customer of two: where it is written, and what they count in the exposure.
import { type Sql, sql } from '#kernel/db'
import type { Pointer } from '#kernel/repoint'

export const SALES_POINTERS: readonly Pointer[] = [{ table: 'sales.orders', column: 'customer_id' }]

/** What these orders count in the credit exposure (order currency): confirmed and not shipped, shipped and not invoiced. */
export const worthOfOrders = (
  companyId: number,
  orders: Sql<{ id: string }>,
): Sql<{ open_orders: string; unbilled: string }> => sql`
  select coalesce(sum(case when o.state = 'confirmed' then sales.open_worth(l) else 0 end), 0) as open_orders,
         coalesce(sum(sales.unbilled_worth(l)), 0) as unbilled
    from ${orders} g join sales.orders o on o.company_id = ${companyId} and o.id = g.id
    join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id`
