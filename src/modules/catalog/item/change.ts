// Changing items; what stock is counted in stays as it is once they have moved (MDM-14).
import { plainly } from '#company'
import { command } from '#kernel/command'
import { type Sql, sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { categoryIds } from './category-ids.ts'
import { checkCoding } from './coding.ts'
import { unitsOf } from './create.ts'
import { fixedFields, freeFields } from './fields.ts'
import { item } from './item.ts'
import { writeUnits } from './units.ts'

/**
 * What is not given stays; attributes are merged by name, null takes one away. A new base unit takes all other units
 * away: give those that stay with their factors in it. Items that are active must still fit the taxonomy afterwards.
 */
export const ChangeInput = T.object({
  name: T.optional(T.text(200)),
  category: T.optional(T.ref('catalog.category')),
  ...fixedFields,
  ...freeFields,
})

export const change = command(item.verbs.change, ChangeInput, async ({ tx, ids, input, rows, set }) => {
  await refuseMoved(tx, set, input)
  const [category] = await categoryIds(tx, [input.category])
  if (input.baseUnit !== undefined) {
    await tx.run(sql`delete from catalog.item_unit u using catalog.item i, ${set} s
      where i.id = s.id and u.item_id = i.id and i.base_unit <> ${input.baseUnit}`)
  }
  await plainly(
    'item',
    tx.run(sql`update catalog.item i set
      name = coalesce(${input.name ?? null}, i.name),
      category_id = coalesce(${category ?? null}::uuid, i.category_id),
      kind = coalesce(${input.kind ?? null}, i.kind),
      base_unit = coalesce(${input.baseUnit ?? null}, i.base_unit),
      tracking = coalesce(${input.tracking ?? null}, i.tracking),
      costing = coalesce(${input.costing ?? null}, i.costing),
      class = coalesce(${input.class ?? null}, i.class),
      sales_unit = coalesce(${input.salesUnit ?? null}, i.sales_unit),
      purchase_unit = coalesce(${input.purchaseUnit ?? null}, i.purchase_unit),
      price_unit = coalesce(${input.priceUnit ?? null}, i.price_unit),
      pack_unit = coalesce(${input.packUnit ?? null}, i.pack_unit),
      tax_class = coalesce(${input.taxClass ?? null}, i.tax_class),
      standard_cost = coalesce(${input.standardCost ?? null}::numeric, i.standard_cost),
      weight_grams = coalesce(${input.weightGrams ?? null}::numeric, i.weight_grams),
      attributes = jsonb_strip_nulls(i.attributes || ${JSON.stringify(input.attributes ?? {})}::jsonb)
    from ${set} s where i.id = s.id`),
  )
  const kept = await unitsInUse(tx, set)
  await plainly('unit of the item', writeUnits(tx, [...ids.flatMap((id) => unitsOf(id, input)), ...kept]))
  await checkCoding(tx, set, { activeOnly: true })
  return { states: new Map(rows.map((row) => [row.id, row.state])) }
})

/** The units that items are sold, bought, priced and packed in, which must have a factor whatever changed. */
const unitsInUse = (tx: Tx, set: Sql<{ id: string }>): Promise<{ itemId: string; unit: string }[]> =>
  tx.rows(sql<{
    itemId: string
    unit: string
  }>`select distinct i.id as "itemId", u.unit from catalog.item i join ${set} s on s.id = i.id
    cross join lateral unnest(array[i.sales_unit, i.purchase_unit, i.price_unit, i.pack_unit]) as u (unit) where u.unit is not null`)

type Fixed = { kind?: string; baseUnit?: string; tracking?: string; costing?: string }

/** Refuses with ITEM_HAS_MOVEMENTS when a value would change that the stock of any company is counted in. */
async function refuseMoved(
  tx: Tx,
  set: Sql<{ id: string }>,
  { kind, baseUnit, tracking, costing }: Fixed,
): Promise<void> {
  if ([kind, baseUnit, tracking, costing].every((value) => value === undefined)) {
    return
  }
  const moved = await tx.first(sql<{ code: string; what: string }>`
    with changed as (
      select i.id, i.code, concat_ws(', ', case when i.kind <> ${kind ?? null} then 'kind' end, case when i.base_unit <> ${baseUnit ?? null} then 'base unit' end,
          case when i.tracking <> ${tracking ?? null} then 'tracking' end, case when i.costing <> ${costing ?? null} then 'costing' end) as what
        from catalog.item i join ${set} s on s.id = i.id
    )
    select code, what from changed
     where what <> '' and id in (select catalog.moved(array(select id from changed where what <> ''))) order by code limit 1`)
  if (moved) {
    refuse('ITEM_HAS_MOVEMENTS', moved)
  }
}
