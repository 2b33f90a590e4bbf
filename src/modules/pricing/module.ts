// Prices and why: lists, conditions, changes of many prices, and how far people may move them.
import { configuration } from '#kernel/configuration'
import { f } from '#kernel/document'
import { module } from '#kernel/module'
import { apply } from './change/apply.ts'
import { change } from './change/change.ts'
import { load } from './change/load.ts'
import { rollBack } from './change/roll-back.ts'
import { add } from './condition/add.ts'
import { condition } from './condition/condition.ts'
import { end } from './condition/end.ts'
import { withdraw } from './condition/withdraw.ts'
import { change as changeDiscountLimit } from './discount-limit/change.ts'
import { create as createDiscountLimit } from './discount-limit/create.ts'
import { discountLimit } from './discount-limit/discount-limit.ts'
import { invariants } from './invariants.ts'
import { assign } from './list/assign.ts'
import { change as changeList } from './list/change.ts'
import { create as createList } from './list/create.ts'
import { list } from './list/list.ts'
import { withdraw as withdrawList } from './list/withdraw.ts'
import { change as changeFloor } from './margin-floor/change.ts'
import { create as createFloor } from './margin-floor/create.ts'
import { floor } from './margin-floor/margin-floor.ts'
import { expiredConditions } from './queries/expired-conditions.ts'
import { overlaps } from './queries/overlaps.ts'
import { why } from './queries/why.ts'

/** A margin floor as governance sees it: of a category, or of everything that has none of its own. */
const floorOfCategory = configuration('pricing.margin-floor', {
  label: floor.label,
  table: floor.table,
  key: ['category'],
  fields: {
    category: f.ref('catalog.category', { column: 'category_id', optional: true }),
    percent: f.percent({ label: 'Least margin' }),
  },
  none: { category: '00000000-0000-0000-0000-000000000000' },
  hasId: true,
})

export default module('pricing', {
  needs: ['company', 'party', 'catalog'],
  documents: [list, condition, change, discountLimit, floor],
  commands: [
    ...[createList, changeList, assign, withdrawList],
    ...[add, end, withdraw],
    ...[apply, load, rollBack],
    ...[createDiscountLimit, changeDiscountLimit, createFloor, changeFloor],
  ],
  queries: [why, expiredConditions, overlaps],
  configuration: [floorOfCategory],
  invariants,
})
