// A customer with everybody above and below: who takes which value from whom (MDM-04).

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** One row a customer of the same group, top first; `inherits` are the values taken from the one above. */
export const tree = query('party.customer-tree', {
  may: 'party.customer.read',
  title: 'A customer and all who stand above and below',
  parameters: T.object({ customer: T.idOf('party.customer') }),
  columns: {
    id: f.ref('party.customer'),
    code: f.code(),
    name: f.text(),
    depth: f.integer(),
    inherits: f.json({ optional: true }),
    term: f.text({ optional: true }),
    currency: f.code(),
    tax_position: f.text({ optional: true }),
    group_code: f.text({ optional: true }),
    class: f.text({ optional: true }),
    invoice_policy: f.text({ optional: true }),
    backorder_rule: f.text({ optional: true }),
    state: f.text(),
  },
  build: ({ customer }, { companyId }) => sql`
    with recursive above as (
      select p.id, p.parent_id, 0 as height from party.party p
       where p.id = ${customer} and exists (select from party.customer c where c.company_id = ${companyId} and c.id = p.id)
      union all
      select p.id, p.parent_id, a.height + 1 from party.party p join above a on p.id = a.parent_id where a.height < 100
    ), below as (
      select id, 0 as depth, array[]::text[] as path from above where height = (select max(height) from above)
      union all
      select p.id, b.depth + 1, b.path || p.code from party.party p join below b on p.parent_id = b.id where b.depth < 100
    )
    select c.id, c.code, c.name, b.depth, c.inherits, c.term, c.currency, c.tax_position, c.group_code, c.class, c.invoice_policy,
        c.backorder_rule, c.state
      from below b join party.customer c on c.company_id = ${companyId} and c.id = b.id
     order by b.path, b.depth`,
})
