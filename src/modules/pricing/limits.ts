// How far a role may move a price, and the margin under which nobody sells without asking.
import { type Sql, sql } from '#kernel/db'
import { NIL } from './price.ts'

/**
 * The margin floor of every line, in percent of the net price: that of the line's category, else the company's
 * general one, else null (no floor is set). One row a line.
 */
export const marginFloor = (
  companyId: number,
  lines: Sql<{ line: string; category_id: string | null }>,
): Sql<{ line: string; percent: string | null }> => sql<{ line: string; percent: string | null }>`
  select l.line, (select f.percent from pricing.margin_floor f
      where f.company_id = ${companyId} and f.category_id = any(array[coalesce(l.category_id, ${NIL}::uuid), ${NIL}::uuid])
      order by f.category_id = ${NIL}::uuid limit 1) as percent
    from ${lines} l`

/**
 * The highest discount below the found price, in percent, that a holder of these roles may give without asking.
 * One row always; 0 when none of the roles has a limit.
 */
export const discountLimit = (companyId: number, roles: readonly string[]): Sql<{ percent: string }> => sql<{
  percent: string
}>`
  select coalesce(max(l.percent), 0) as percent from pricing.discount_limit l
   where l.company_id = ${companyId} and l.role = any(${roles}::text[])`
