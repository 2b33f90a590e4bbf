// Finding an item by what somebody remembers of it: a code, a number on the package, or words with a slip in them.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** Best match first: the code or number itself, what contains the text, what is like it. At most 100. */
export const search = query('catalog.item-search', {
  may: 'catalog.item.read',
  title: 'Items that a text may mean',
  parameters: T.object({ q: T.text(80), limit: T.optional(T.integer(1, 100)) }),
  columns: {
    id: f.ref('catalog.item'),
    code: f.code(),
    name: f.text(),
    kind: f.text(),
    base_unit: f.text(),
    sales_unit: f.text(),
    state: f.text(),
    through: f.text({ optional: true }),
  },
  build: ({ q, limit }) => {
    const text = q.trim().toLowerCase()
    const within = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    return sql`
      with exact as (
        select id, null::text as through from catalog.item where upper(code) = upper(${text})
        union
        select item_id, scope || ' ' || code from catalog.cross_reference where key in (upper(${text}), lpad(${text}, 14, '0')) and state = 'active'
      ), candidate as (
        select id, 1 as rank, through from exact
        union all
        select id, 2, null from catalog.item where search like ${within}
        union all
        select id, 3, null from catalog.item where ${text} <% search
      )
      select i.id, i.code, i.name, i.kind, i.base_unit, i.sales_unit, i.state, max(c.through) as through
        from candidate c join catalog.item i on i.id = c.id
       group by i.id
       order by min(c.rank), word_similarity(${text}, i.search) desc, i.code
       limit ${limit ?? 20}::int`
  },
})
