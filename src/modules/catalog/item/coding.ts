// The coding rules of the taxonomy: whoever is active has a node, a code that fits it, and its attributes (MDM-07).
import { type Sql, sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

type Coded = {
  code: string
  category: string | null
  retired: boolean
  pattern: string | null
  fits: boolean
  missing: string[]
}

/**
 * Checks the items of `set`, only those that are active already when `activeOnly`. A node without a pattern has that of
 * the nearest node above; mandatory attributes add up from the root. Refuses with ITEM_NOT_CODED and all that is wrong.
 */
export async function checkCoding(
  tx: Tx,
  set: Sql<{ id: string }>,
  { activeOnly }: { activeOnly: boolean },
): Promise<void> {
  const found = await tx.rows(sql<Coded>`
    with recursive checked as materialized (
      select i.* from catalog.item i join ${set} s on s.id = i.id where not ${activeOnly}::boolean or i.state = 'active'
    ), above as (
      select c.id as node, c.parent_id, c.code_pattern, c.mandatory_attributes, 0 as height
        from catalog.category c where c.id in (select category_id from checked)
      union all
      select a.node, c.parent_id, c.code_pattern, c.mandatory_attributes, a.height + 1
        from above a join catalog.category c on c.id = a.parent_id where a.height < 100
    ), rule as materialized (
      -- Once for each category, however many items there are in it.
      select a.node, (array_agg(a.code_pattern order by a.height) filter (where a.code_pattern is not null))[1] as pattern,
          array(select distinct name from above o cross join unnest(o.mandatory_attributes) as name where o.node = a.node order by name) as mandatory
        from above a group by a.node
    ), judged as (
      select i.code, c.code as category, coalesce(c.state = 'retired', false) as retired, r.pattern,
          coalesce(i.code ~ ('^(?:' || r.pattern || ')$'), true) as fits,
          array(select name from unnest(r.mandatory) as name where coalesce(btrim(i.attributes ->> name), '') = '') as missing
        from checked i
        left join catalog.category c on c.id = i.category_id
        left join rule r on r.node = i.category_id
    )
    select * from judged where category is null or retired or not fits or cardinality(missing) > 0 order by code limit 20`)
  const [first] = found
  if (first) {
    const items = found.map((one) => ({ code: one.code, problems: problemsOf(one) }))
    refuse('ITEM_NOT_CODED', { code: first.code, problems: problemsOf(first).join('; '), items })
  }
}

function problemsOf({ category, retired, pattern, fits, missing }: Coded): readonly string[] {
  return [
    ...(category === null ? ['it has no category'] : []),
    ...(retired ? [`category ${category} is retired`] : []),
    ...(fits ? [] : [`its code does not fit the pattern ${pattern} of its category`]),
    ...missing.map((name) => `the attribute ${name} is not filled`),
  ]
}
