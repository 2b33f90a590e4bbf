// Which lines of a demand name a customer or a delivery address that may not be used, and why.
import { type Sql, sql } from '#kernel/db'

/**
 * Takes a relation of whoever sells: a line, its customer and perhaps its delivery address. Returns one row for each
 * line that may not go on: `code` is the refusal to give and `party` the code of the customer or address.
 * CUSTOMER_NOT_ACTIVE (proposed, blocked or inactive), SHIP_TO_CLOSED, or SHIP_TO_OF_ANOTHER (not this customer's).
 */
export function unusable(
  companyId: number,
  demand: Sql<{ line: string; customer_id: string; ship_to_id: string | null }>,
): Sql<{ line: string; code: string; party: string; state: string }> {
  return sql`select d.line,
      case
        when c.state is distinct from 'active' then 'CUSTOMER_NOT_ACTIVE'
        when s.customer_id is distinct from d.customer_id then 'SHIP_TO_OF_ANOTHER'
        else 'SHIP_TO_CLOSED'
      end as code,
      case when c.state is distinct from 'active' then c.code else s.code end as party,
      case when c.state is distinct from 'active' then c.state else s.state end as state
    from ${demand} d
    left join party.customer c on c.company_id = ${companyId} and c.id = d.customer_id
    left join party.ship_to s on s.company_id = ${companyId} and s.id = d.ship_to_id
   where c.state is distinct from 'active'
      or (d.ship_to_id is not null and (s.customer_id is distinct from d.customer_id or s.state <> 'active'))`
}
