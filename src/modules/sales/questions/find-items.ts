// Finding what somebody wants to buy: our code, his own number, a GTIN, or words, each with what is free where it would leave (ORD-01).

import { grantsFor, warehousesOf } from '#kernel/context'
import { join, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { freeIn } from './free.ts'
import { wordsOf } from './words.ts'

const EACH = 24

/**
 * Best match first; numbers of other customers are not looked at. `through` is the number that matched when it is not
 * our own code, `unit` the unit it stands for, else the sales unit. `free` is in base units, in the warehouse, and absent
 * for whoever may not see stock there.
 */
export const findItems = query('sales.find-items', {
  may: 'catalog.item.read',
  title: 'Items that a customer may mean, with what is free',
  see: { free: 'inventory.balance.read' },
  parameters: T.object({
    q: T.text(80),
    customer: T.idOf('party.customer'),
    warehouse: T.idOf('company.warehouse'),
    limit: T.optional(T.integer(1, 50)),
  }),
  columns: {
    id: f.ref('catalog.item'),
    code: f.code(),
    name: f.text(),
    kind: f.text(),
    state: f.text(),
    unit: f.code(),
    base_unit: f.code(),
    through: f.text({ optional: true }),
    free: f.quantity({ optional: true }),
  },
  build: ({ q, customer, warehouse, limit }, context) => {
    const text = q.trim()
    const upper = text.toUpperCase()
    const lower = text.toLowerCase()
    const words = join(
      wordsOf(lower).map((word) => sql`search like ${word}`),
      ' and ',
    )
    const gtin = /^\d{8,14}$/.test(text) ? text.padStart(14, '0') : text
    const seen = warehousesOf(grantsFor(context.principal, 'inventory.balance.read', context.companyId))
    const shown = seen === null || seen.includes(warehouse)
    return sql`
      with candidate as (
        (select id, 1 as rank, null::text as through, null::text as unit from catalog.v_item where code = any(array[${text}, ${upper}]::text[]))
        union all
        (select x.item_id, 1, x.code, x.unit from catalog.v_cross_reference x
          where x.code = any(array[${text}, ${upper}, ${gtin}, ltrim(${gtin}, '0')]::text[]) and (x.party_id is null or x.party_id = ${customer}))
        union all
        (select id, case when starts_with(search, ${lower}) then 2 else 3 end, null, null from catalog.v_item
          where length(${text}) > 1 and ${words} order by 2, code limit ${EACH}::int)
        union all
        (select id, 4, null, null from catalog.v_item where length(${text}) > 2 and ${lower} <% search order by word_similarity(${lower}, search) desc limit ${EACH}::int)
      ), best as materialized (
        select i.id, i.code, i.name, i.kind, i.state, coalesce(max(c.unit), i.sales_unit) as unit, i.base_unit, max(c.through) as through, min(c.rank) as rank,
               word_similarity(${lower}, i.search) as likeness
          from candidate c join catalog.v_item i on i.id = c.id
         group by i.id, i.code, i.name, i.kind, i.state, i.sales_unit, i.base_unit, i.search
         order by min(c.rank), i.state not in ('active', 'obsolete'), word_similarity(${lower}, i.search) desc, i.code limit ${limit ?? 8}::int
      )
      select b.id, b.code, b.name, b.kind, b.state, b.unit, b.base_unit, b.through,
             case when b.kind = 'stock' and ${shown}::boolean then trim_scale(${freeIn(context, sql`b.id`, sql`${warehouse}::uuid`)})::text end as free
        from best b order by b.rank, b.state not in ('active', 'obsolete'), b.likeness desc, b.code`
  },
})
