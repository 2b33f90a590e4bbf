// What people may say about an item, once, for creating, changing and succeeding.
import { Type } from '@sinclair/typebox'
import { T } from '#kernel/schema'
import { CLASSES, COSTINGS, KINDS, TRACKINGS } from './item.ts'
import { UnitInput } from './units.ts'

/** What never changes once the item has moved, because stock and its value are counted in it. */
export const fixedFields = {
  kind: T.optional(T.choice(KINDS)),
  baseUnit: T.optional(T.code()),
  tracking: T.optional(T.choice(TRACKINGS)),
  costing: T.optional(T.choice(COSTINGS)),
}

/**
 * What may change. `units` are those the item is handled in besides; the unit it is sold, bought, priced and packed in
 * must be one of them, or convertible. `standardCost` is company currency for one base unit, `attributes` are by name.
 */
export const freeFields = {
  class: T.optional(T.choice(CLASSES)),
  salesUnit: T.optional(T.code()),
  purchaseUnit: T.optional(T.code()),
  priceUnit: T.optional(T.code()),
  packUnit: T.optional(T.code()),
  taxClass: T.optional(T.code()),
  standardCost: T.optional(T.price()),
  weightGrams: T.optional(T.quantity()),
  attributes: T.optional(
    Type.Record(
      Type.String({ maxLength: 60 }),
      Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Null()]),
    ),
  ),
  units: T.optional(Type.Array(UnitInput, { maxItems: 50 })),
}
