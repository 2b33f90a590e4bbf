// Opening items for trade, as soon as the rules of the taxonomy are met (MDM-07).
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { checkCoding } from './coding.ts'
import { item } from './item.ts'

/** Refuses with ITEM_NOT_CODED. Obsolete and inactive items come back the same way. */
export const activate = command(item.verbs.activate, T.object({}), async ({ tx, set }) => {
  await checkCoding(tx, set, { activeOnly: false })
})
