// Creating the item that takes over from one whose base unit, tracking, costing or kind can no longer change (MDM-14).
import type { Static } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { unitsOf } from './create.ts'
import { fixedFields, freeFields } from './fields.ts'
import { item } from './item.ts'
import { type ResolvedItem, resolveItems } from './resolve.ts'
import { writeUnits } from './units.ts'

/**
 * `item` is the one to take over from. Everything that is not given is copied from it: category, class, tax, cost,
 * attributes, what stands in for it, and, with the same base unit, its units. The copy is a draft; the former item
 * shows it as its successor and trades on until it is made obsolete.
 */
export const SuccessorInput = T.object({
  id: T.optional(T.id()),
  item: T.ref('catalog.item'),
  code: T.code(),
  name: T.optional(T.text(200)),
  ...fixedFields,
  ...freeFields,
})

type Former = { id: string; code: string; successor: string | null; sales_unit: string; base_unit: string }

export const successor = creation(item.verbs.successor, SuccessorInput, async ({ tx, ids, input, now }) => {
  const former = await resolveItems(
    tx,
    input.map((one) => ({ code: one.item })),
  )
  // The former items are locked in id order: two successors of one item would otherwise both think they are first.
  const locked =
    await tx.rows(sql<Former>`select i.id, i.code, i.sales_unit, i.base_unit, n.code as successor from catalog.item i
    left join catalog.item n on n.id = i.successor_id
    where i.id = any(${former.map((one) => one.itemId)}::uuid[]) order by i.id for no key update of i`)
  const taken = locked.find((one) => one.successor !== null)
  if (taken) {
    refuse('ITEM_HAS_SUCCESSOR', taken)
  }
  const given = written(ids, input, former)
  // With another base unit the former's units say nothing, and cost and weight are for another quantity.
  await plainly(
    'item',
    tx.run(sql`with given as materialized (
      select g.*, coalesce(g.base_unit, i.base_unit) = i.base_unit as same_base
        from jsonb_to_recordset(${given}::jsonb) as g (id uuid, former_id uuid, code text, name text, kind text, class text, base_unit text,
          sales_unit text, purchase_unit text, price_unit text, pack_unit text, tracking text, costing text, tax_class text,
          standard_cost numeric, weight_grams numeric, attributes jsonb)
        join catalog.item i on i.id = g.former_id
    ), created as (
      insert into catalog.item (id, code, name, kind, category_id, class, base_unit, sales_unit, purchase_unit, price_unit, pack_unit, tracking,
        costing, tax_class, standard_cost, weight_grams, attributes, state, created_at, updated_at)
      select g.id, g.code, coalesce(g.name, i.name), coalesce(g.kind, i.kind), i.category_id, coalesce(g.class, i.class), coalesce(g.base_unit, i.base_unit),
          coalesce(g.sales_unit, case when g.same_base then i.sales_unit else g.base_unit end),
          coalesce(g.purchase_unit, case when g.same_base then i.purchase_unit end), coalesce(g.price_unit, case when g.same_base then i.price_unit end),
          coalesce(g.pack_unit, case when g.same_base then i.pack_unit end), coalesce(g.tracking, i.tracking), coalesce(g.costing, i.costing),
          coalesce(g.tax_class, i.tax_class), coalesce(g.standard_cost, case when g.same_base then i.standard_cost else 0 end),
          coalesce(g.weight_grams, case when g.same_base then i.weight_grams else 0 end), jsonb_strip_nulls(i.attributes || g.attributes), 'draft', ${now}, ${now}
        from given g join catalog.item i on i.id = g.former_id
      returning id
    ), units as (
      insert into catalog.item_unit (item_id, unit, num, den)
      select g.id, u.unit, u.num, u.den from given g join catalog.item_unit u on u.item_id = g.former_id where g.same_base
    ), substitutes as (
      insert into catalog.substitute (item_id, substitute_id, rank, price_rule, needs_consent, two_way, created_at, updated_at)
      select g.id, s.substitute_id, s.rank, s.price_rule, s.needs_consent, s.two_way, ${now}, ${now}
        from given g join catalog.substitute s on s.item_id = g.former_id and s.state = 'active'
    )
    update catalog.item i set successor_id = g.id, version = i.version + 1, updated_at = ${now} from given g where i.id = g.former_id`),
  )
  await plainly(
    'unit of the item',
    writeUnits(
      tx,
      input.flatMap((one, at) => unitsOf(ids[at] ?? '', one)),
    ),
  )
})

const written = (
  ids: readonly string[],
  input: readonly Static<typeof SuccessorInput>[],
  former: readonly ResolvedItem[],
): string =>
  JSON.stringify(
    input.map((one, at) => ({
      id: ids[at],
      former_id: former[at]?.itemId,
      code: one.code,
      name: one.name,
      kind: one.kind,
      class: one.class,
      base_unit: one.baseUnit,
      sales_unit: one.salesUnit,
      purchase_unit: one.purchaseUnit,
      price_unit: one.priceUnit,
      pack_unit: one.packUnit,
      tracking: one.tracking,
      costing: one.costing,
      tax_class: one.taxClass,
      standard_cost: one.standardCost,
      weight_grams: one.weightGrams,
      attributes: one.attributes ?? {},
    })),
  )
