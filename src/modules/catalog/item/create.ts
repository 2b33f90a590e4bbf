// Creating items: drafts, which nothing is sold from until the taxonomy's rules are met.
import type { Static } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { categoryIds } from './category-ids.ts'
import { fixedFields, freeFields } from './fields.ts'
import { item } from './item.ts'
import { type WantedUnit, writeUnits } from './units.ts'

/** Without a sales unit the base unit is sold. */
export const ItemInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(200),
  category: T.optional(T.ref('catalog.category')),
  ...fixedFields,
  ...freeFields,
  baseUnit: T.code(),
})

type Given = Static<typeof ItemInput>

export const create = creation(item.verbs.create, ItemInput, async ({ tx, ids, input, now }) => {
  const categories = await categoryIds(
    tx,
    input.map((one) => one.category),
  )
  const given = JSON.stringify(input.map((one, at) => ({ ...written(one), id: ids[at], category_id: categories[at] })))
  await plainly(
    'item',
    tx.run(sql`insert into catalog.item (id, code, name, kind, category_id, class, base_unit, sales_unit, purchase_unit, price_unit, pack_unit,
      tracking, costing, tax_class, standard_cost, weight_grams, attributes, state, created_at, updated_at)
    select id, code, name, kind, category_id, class, base_unit, sales_unit, purchase_unit, price_unit, pack_unit, tracking, costing, tax_class,
        standard_cost, weight_grams, jsonb_strip_nulls(attributes), 'draft', ${now}, ${now}
      from jsonb_to_recordset(${given}::jsonb) as g (id uuid, code text, name text, kind text, category_id uuid, class text, base_unit text,
        sales_unit text, purchase_unit text, price_unit text, pack_unit text, tracking text, costing text, tax_class text,
        standard_cost numeric, weight_grams numeric, attributes jsonb)`),
  )
  await plainly(
    'unit of the item',
    writeUnits(
      tx,
      input.flatMap((one, at) => unitsOf(ids[at] ?? '', one)),
    ),
  )
})

const written = (one: Given) => ({
  code: one.code,
  name: one.name,
  kind: one.kind ?? 'stock',
  class: one.class ?? 'B',
  base_unit: one.baseUnit,
  sales_unit: one.salesUnit ?? one.baseUnit,
  purchase_unit: one.purchaseUnit,
  price_unit: one.priceUnit,
  pack_unit: one.packUnit,
  tracking: one.tracking ?? 'none',
  costing: one.costing ?? 'average',
  tax_class: one.taxClass ?? 'standard',
  standard_cost: one.standardCost ?? '0',
  weight_grams: one.weightGrams ?? '0',
  attributes: one.attributes ?? {},
})

/** The units that an item's input asks for: those listed, and those it is sold, bought, priced and packed in. */
export function unitsOf(
  itemId: string,
  one: Pick<Given, 'units' | 'salesUnit' | 'purchaseUnit' | 'priceUnit' | 'packUnit'>,
): readonly WantedUnit[] {
  const named = [one.salesUnit, one.purchaseUnit, one.priceUnit, one.packUnit].filter((unit) => unit !== undefined)
  return [...(one.units ?? []).map((unit) => ({ itemId, ...unit })), ...named.map((unit) => ({ itemId, unit }))]
}
