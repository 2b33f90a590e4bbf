// The conditions that questions about stock share: only what was asked is in the statement, so that each asks its own index.
import { type Context, grantsFor, warehousesOf } from '#kernel/context'
import { join, type Sql, sql } from '#kernel/db'

/** What may be asked for; items, warehouses and lots by id or code. */
export type Asked = { item?: string; warehouse?: string; location?: string; lot?: string }

const one = (column: Sql, id: Sql, code: Sql, from: Sql, ref: string) =>
  sql`${column} in (select ${id} from ${from} where ${code} = ${ref} or ${id}::text = ${ref})`

/** Conditions on a relation `b` with item_id, location_id and lot_id, and `l`, its location; always at least one. */
export function conditions(asked: Asked, context: Context, permission: string): Sql {
  const warehouses = warehousesOf(grantsFor(context.principal, permission, context.companyId))
  const company = context.companyId
  return join(
    [
      sql`b.company_id = ${company}`,
      ...(asked.item ? [one(sql`b.item_id`, sql`i.id`, sql`i.code`, sql`catalog.v_item i`, asked.item)] : []),
      ...(asked.lot
        ? [
            sql`b.lot_id in (select t.id from inventory.lot t where t.company_id = ${company} and (t.code = ${asked.lot} or t.id::text = ${asked.lot}))`,
          ]
        : []),
      ...(asked.location ? [sql`(l.code = ${asked.location} or l.id::text = ${asked.location})`] : []),
      ...(asked.warehouse
        ? [
            sql`l.warehouse_id in (select w.id from company.v_warehouse w where w.company_id = ${company} and (w.code = ${asked.warehouse} or w.id::text = ${asked.warehouse}))`,
          ]
        : []),
      ...(warehouses ? [sql`l.warehouse_id = any(${warehouses}::uuid[])`] : []),
    ],
    ' and ',
  )
}
