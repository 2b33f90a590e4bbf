// Finding who calls: by customer number, name with a slip in it, or tax number, as somebody types it at the order desk (ORD-01).

import { join, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { wordsOf } from './words.ts'

/** How many of each way are looked at before they are ranked. */
const EACH = 20

/**
 * Best match first: the very number, the tax number, numbers and names that begin so, names that hold the words or nearly
 * do. `through` is the tax number when that is how he was found. Customers of any state: a blocked one is told as such.
 */
export const findCustomers = query('sales.find-customers', {
  may: 'party.customer.read',
  title: 'Customers that a text may mean',
  parameters: T.object({ q: T.text(80), limit: T.optional(T.integer(1, 50)) }),
  columns: {
    id: f.ref('party.customer'),
    code: f.code(),
    name: f.text(),
    city: f.text({ optional: true }),
    class: f.text(),
    currency: f.code(),
    state: f.text(),
    through: f.text({ optional: true }),
  },
  build: ({ q, limit }, { companyId }) => {
    const text = q.trim()
    const upper = text.toUpperCase()
    const bare = upper.replaceAll(/[^A-Z0-9]/g, '')
    const words = join(
      wordsOf(text).map((word) => sql`name ilike ${word}`),
      ' and ',
    )
    return sql`
      with candidate as (
        (select id, 1 as rank, null::text as through from party.v_customer where company_id = ${companyId} and code = ${upper})
        union all
        (select c.id, 2, p.tax_id from party.v_party p join party.v_customer c on c.company_id = ${companyId} and c.id = p.id
          where p.tax_id = any(array[${text}, ${upper}, ${bare}]::text[])
             or length(${bare}) > 4 and p.tax_id >= ${upper} and p.tax_id < ${`${upper}~`} limit ${EACH}::int)
        union all
        (select id, 3, null from party.v_customer where company_id = ${companyId} and code >= ${upper} and code < ${`${upper}~`} order by code limit ${EACH}::int)
        union all
        (select id, case when starts_with(upper(name), ${upper}) then 4 else 5 end, null from party.v_customer
          where company_id = ${companyId} and length(${text}) > 1 and ${words} order by 2, name limit ${EACH}::int)
        union all
        (select id, 6, null from party.v_customer where company_id = ${companyId} and length(${text}) > 2 and ${text.toLowerCase()} <% name
          order by word_similarity(${text.toLowerCase()}, name) desc limit ${EACH}::int)
      )
      select c.id, c.code, c.name, p.city, c.class, c.currency, c.state, max(k.through) as through
        from candidate k join party.v_customer c on c.company_id = ${companyId} and c.id = k.id left join party.v_party p on p.id = c.id
       group by c.id, c.code, c.name, p.city, c.class, c.currency, c.state
       order by min(k.rank), c.state <> 'active', c.name limit ${limit ?? 8}::int`
  },
})
