// Ending an item that is still sold off: nothing new is bought, and whoever asks is shown what comes after it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { item } from './item.ts'
import { resolveItems } from './resolve.ts'

/** `successor` names what comes after it; without one, the successor that is there stays. */
export const ObsoleteInput = T.object({ successor: T.optional(T.ref('catalog.item')) })

export const makeObsolete = command(item.verbs['make-obsolete'], ObsoleteInput, async ({ tx, input, set }) => {
  if (input.successor === undefined) {
    return
  }
  const [next] = await resolveItems(tx, [{ code: input.successor, line: 'Successor' }])
  await tx.run(
    sql`update catalog.item i set successor_id = ${next?.itemId ?? null}::uuid from ${set} s where i.id = s.id`,
  )
})
