// Which warehouses a question is about: the one that was named, and never more than the asker may see.
import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { join, type Sql, sql } from '#kernel/db'

/** A condition on `h.warehouse_id` and `w`, the warehouse's row. */
export function within(warehouse: string | undefined, context: Context, permission: string): Sql {
  const mine = warehousesOf(grantsFor(context.principal, permission, context.companyId))
  return join(
    [
      sql`true`,
      ...(warehouse ? [sql`(w.code = ${warehouse} or w.id::text = ${warehouse})`] : []),
      ...(mine ? [sql`w.id = any(${mine}::uuid[])`] : []),
    ],
    ' and ',
  )
}
