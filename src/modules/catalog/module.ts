// What we sell: items with their units and names, the taxonomy they are coded by, and what stands in for them.
import { kindOfDocument } from '#kernel/configuration'
import { module } from '#kernel/module'
import { category } from './category/category.ts'
import { change as changeCategory } from './category/change.ts'
import { create as createCategory } from './category/create.ts'
import { retire } from './category/retire.ts'
import { conversion } from './conversion/conversion.ts'
import { set as setConversion } from './conversion/set.ts'
import { withdraw as withdrawConversion } from './conversion/withdraw.ts'
import { add as addCrossReference } from './cross-reference/add.ts'
import { crossReference } from './cross-reference/cross-reference.ts'
import { remove as removeCrossReference } from './cross-reference/remove.ts'
import { invariants } from './invariants.ts'
import { activate } from './item/activate.ts'
import { change as changeItem } from './item/change.ts'
import { create as createItem } from './item/create.ts'
import { deactivate } from './item/deactivate.ts'
import { item } from './item/item.ts'
import { makeObsolete } from './item/make-obsolete.ts'
import { search } from './item/search.ts'
import { setUnits } from './item/set-units.ts'
import { successor } from './item/successor.ts'
import { add as addLeafAttribute } from './leaf-attribute/add.ts'
import { leafAttribute } from './leaf-attribute/leaf-attribute.ts'
import { remove as removeLeafAttribute } from './leaf-attribute/remove.ts'
import { add as addSubstitute } from './substitute/add.ts'
import { change as changeSubstitute } from './substitute/change.ts'
import { remove as removeSubstitute } from './substitute/remove.ts'
import { substitute } from './substitute/substitute.ts'
import { change as changeUnit } from './unit/change.ts'
import { create as createUnit } from './unit/create.ts'
import { unit } from './unit/unit.ts'
import { uses } from './uses.ts'

export default module('catalog', {
  needs: ['company', 'party'],
  documents: [unit, conversion, category, leafAttribute, item, crossReference, substitute],
  commands: [
    ...[createUnit, changeUnit, setConversion, withdrawConversion],
    ...[createCategory, changeCategory, retire, addLeafAttribute, removeLeafAttribute],
    ...[createItem, successor, activate, changeItem, setUnits, makeObsolete, deactivate],
    ...[addCrossReference, removeCrossReference, addSubstitute, changeSubstitute, removeSubstitute],
  ],
  queries: [search],
  configuration: [kindOfDocument(conversion, ['from', 'to'])],
  uses,
  invariants,
})
